using Discovery.Platform;
using Discovery.Ranking;
using Discovery.Site;
using Discovery.Voting.Data;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Ledger;

/// <summary>What became of the ballot behind a receipt: counted, replaced by a later one, withdrawn, or not known here.</summary>
internal static class CheckReceipt
{
    public sealed record Query(string Round, string Code) : IRequest<Answer>;

    /// <param name="State"><c>counted</c>, <c>superseded</c>, <c>withdrawn</c> or <c>unknown</c>.</param>
    /// <param name="Root">Root of the sealed tree; with <paramref name="Path"/> anybody can check the leaf's place (RFC 6962). Null before the seal.</param>
    public sealed record Answer(string State, string? Code = null, string? Leaf = null, long? Sequence = null, long? Size = null, string? Root = null, IReadOnlyList<string>? Path = null);

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapGet("/{round}/receipts/{code}", async (string round, string code, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, code), ct)));

    public sealed class Handler(VotingDb db, SealedTrees trees) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var digits = new string([.. query.Code.Where(char.IsAsciiHexDigit)]);
            if (digits.Length is < 20 or > 64 || digits.Length % 2 != 0) throw new RuleBroken("voting.receipt.malformed") { Status = 400 };
            var (from, to) = (Padded(digits, 0x00), Padded(digits, 0xff));
            var entry = await db.Ledger.FromSql($"select * from ledger where round = {round.Id} and leaf >= {from} and leaf <= {to}").AsNoTracking().OrderBy(e => e.Sequence).FirstOrDefaultAsync(ct);
            if (entry is null || entry.Kind is not (Contracts.Voting.EntryKinds.Ballot or Contracts.Voting.EntryKinds.Withdraw)) return new("unknown");
            var current = await db.CurrentBallots.AsNoTracking().AnyAsync(b => b.Round == round.Id && b.Sequence == entry.Sequence, ct);
            var state = !current ? "superseded" : entry.Kind == Contracts.Voting.EntryKinds.Withdraw ? "withdrawn" : "counted";
            var head = await db.Heads.AsNoTracking().SingleAsync(h => h.Round == round.Id, ct);
            var answer = new Answer(state, Ballots.Receipt.CodeOf(entry.Leaf), Canonical.Hex(entry.Leaf), entry.Sequence);
            if (head.SealedAt is null) return answer;
            var leaves = await trees.LeavesAsync(round.Id, db, ct);
            return answer with { Size = head.Sequence, Root = head.MerkleRoot, Path = [.. Audit.AuditPath(leaves, (int)entry.Sequence - 1).Select(Canonical.Hex)] };
        }

        static byte[] Padded(string digits, byte with)
        {
            var leaf = new byte[32];
            Array.Fill(leaf, with);
            Convert.FromHexString(digits).CopyTo(leaf, 0);
            return leaf;
        }
    }
}

/// <summary>Leaves of sealed ledgers: they never change, so they are read once.</summary>
internal sealed class SealedTrees
{
    readonly System.Collections.Concurrent.ConcurrentDictionary<Guid, IReadOnlyList<byte[]>> known = new();

    public async ValueTask<IReadOnlyList<byte[]>> LeavesAsync(Guid round, VotingDb db, CancellationToken ct) =>
        known.TryGetValue(round, out var leaves) ? leaves
            : known[round] = await db.Ledger.Where(e => e.Round == round).OrderBy(e => e.Sequence).Select(e => e.Leaf).ToListAsync(ct);
}
