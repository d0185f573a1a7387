using Discovery.Site;
using Discovery.Voting.Ballots;
using Discovery.Voting.Data;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Ledger;

/// <summary>How the vote of a round stands: what it waits for, until when, how many entries, under which hashes.</summary>
internal static class GetVoting
{
    public sealed record Query(string Round) : IRequest<Answer>;

    /// <param name="State"><c>waiting</c>, <c>open</c>, <c>closed</c> or <c>sealed</c>.</param>
    /// <param name="Missing">While waiting: <c>list</c>, <c>phase</c>, or <c>time</c> when the planned end has passed already.</param>
    public sealed record Answer(string State, IReadOnlyList<string> Missing, DateTimeOffset? OpenedAt, DateTimeOffset? ClosesAt, DateTimeOffset? ClosedAt, long Entries,
        string? Head, string? BallotHash, string? MerkleRoot, string? R, IReadOnlyList<int> Withdrawn);

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapGet("/{round}", async (string round, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(round), ct)));

    public sealed class Handler(VotingDb db, Sheets sheets) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            if (await db.Heads.AsNoTracking().SingleOrDefaultAsync(h => h.Round == round.Id, ct) is not { } head)
            {
                List<string> missing = [];
                if (await sheets.FindAsync(round, ct) is null) missing.Add("list");
                if (!round.IsIn(Contracts.Rounds.PhaseKinds.Voting)) missing.Add("phase");
                else if (round.PhaseEndsAt <= await db.ClockAsync(ct)) missing.Add("time");
                return new("waiting", missing, null, null, null, 0, null, null, null, null, []);
            }
            var state = head.SealedAt is not null ? "sealed" : head.ClosedAt is not null ? "closed" : "open";
            // While voting runs the number of entries moves in steps, so that nobody watches a single ballot arrive.
            var entries = state == "open" ? head.Sequence / 10 * 10 : head.Sequence;
            return new(state, [], head.OpenedAt, head.ClosesAt, head.ClosedAt, entries, state == "open" ? null : Canonical.Hex(head.Hash), head.BallotHash, head.MerkleRoot, head.R, head.Withdrawn);
        }
    }
}
