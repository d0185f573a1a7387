using Discovery.Platform;
using Discovery.Platform.Records;
using Discovery.Proposals.Data;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Proposals.Proposals;

/// <summary>The register of a proposal with everything that is needed to recompute its chain (decision 18).</summary>
internal static class ExportRecord
{
    public sealed record Query(string Round, int Number, CurrentUser User) : IRequest<View>;

    /// <param name="BrokenAt">The first entry that is not what it was; null: the chain holds.</param>
    public sealed record View(Guid Record, long? BrokenAt, IReadOnlyList<Line> Entries);

    /// <param name="Details">The exact text that is hashed after the salt; null once erased.</param>
    public sealed record Line(long Sequence, DateTimeOffset At, string What, Guid Person, string? Details, string? Salt, string DetailsHash, string Hash);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/{number:int}/record", async (string round, int number, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, number, user), ct)));

    public sealed class Handler(ProposalsDb db, IMediator mediator) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            // Whoever may read the proposal may read what happened to it.
            var proposal = await mediator.Send(new GetProposal.Query(query.Round, query.Number, query.User), ct);
            var lines = await db.ReadAsync(proposal.Id, ct);
            return new(proposal.Id, await db.CheckAsync(proposal.Id, ct), [.. lines.Select(l => new Line(
                l.Sequence, l.At, l.What, l.Person, l.Details, l.Salt is null ? null : Convert.ToHexStringLower(l.Salt), Convert.ToHexStringLower(l.DetailsHash), Convert.ToHexStringLower(l.Hash)))]);
        }
    }
}
