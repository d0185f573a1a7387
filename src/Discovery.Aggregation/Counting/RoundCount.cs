using System.Text.Json;
using Discovery.Aggregation.Data;
using Discovery.Aggregation.Ledger;
using Discovery.Contracts.Proposals;
using Discovery.Contracts.Voting;
using Discovery.Platform.Messaging;
using Discovery.Ranking;
using Discovery.Ranking.Ledger;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Aggregation.Counting;

/// <summary>The count of one round in memory: built from the stored batches, in sequence, each link of the chain checked. Lost with the process, and rebuilt.</summary>
internal sealed class RoundCount
{
    readonly List<byte[]> leaves = [];
    byte[] head = Audit.ChainStart;

    public RoundCount(RoundCopy round, BallotList list)
    {
        Round = round.Id;
        Rules = new(round.Charter.Rules);
        List = JsonSerializer.Deserialize<List<ListedProposal>>(list.List, Wire.Json)!;
        Ledger = new(Rules, [.. List.Select(p => p.Number.ToString(System.Globalization.CultureInfo.InvariantCulture))]);
    }

    public Guid Round { get; }
    public LedgerRules Rules { get; }
    public IReadOnlyList<ListedProposal> List { get; }
    public LedgerTally Ledger { get; }

    /// <summary>The last sequence applied.</summary>
    public long Applied => leaves.Count;

    public string Head => Convert.ToHexStringLower(head);

    public string MerkleRoot => Convert.ToHexStringLower(Audit.MerkleRoot(leaves));

    /// <summary>Where the chain does not hold; null while it does. A round with a broken chain is never published.</summary>
    public long? BrokenAt { get; private set; }

    /// <summary>Applies all stored batches that follow without a gap.</summary>
    /// <returns>The first sequence that is missing although later ones are here; null where none is.</returns>
    public async Task<long?> CatchUpAsync(AggregationDb db, CancellationToken ct)
    {
        while (BrokenAt is null)
        {
            var next = Applied + 1;
            var batch = await db.Batches.AsNoTracking().Where(b => b.Round == Round && b.First <= next && b.Last >= next).OrderByDescending(b => b.Last).FirstOrDefaultAsync(ct);
            if (batch is null) return await db.Batches.AnyAsync(b => b.Round == Round && b.First > next, ct) ? next : null;
            Apply(batch);
        }
        return null;
    }

    void Apply(Batch batch)
    {
        foreach (var entry in JsonSerializer.Deserialize<List<LedgerRecord>>(batch.Entries, Wire.Json)!.Where(e => e.Sequence > Applied))
        {
            try { Ledger.Apply(entry.Kind, entry.Payload); }
            catch (FormatException) { BrokenAt = entry.Sequence; return; }
            leaves.Add(entry.Leaf);
            head = Audit.Chain(head, Audit.Entry(entry.Kind, entry.Leaf));
        }
        if (Applied == batch.Last && !head.AsSpan().SequenceEqual(batch.Head)) BrokenAt = batch.Last;
    }

    /// <summary>Whether everything up to the seal is here and is what Voting sealed.</summary>
    public bool IsWhole(Closing closing)
    {
        if (Applied != closing.Count || BrokenAt is not null) return false;
        if (Head == closing.Head && MerkleRoot == closing.MerkleRoot) return true;
        BrokenAt = closing.Count;
        return false;
    }

    /// <summary>Decides ties after the seal (ranking.md 2.9): hex of SHA-256(r ‖ Merkle root).</summary>
    public static string Seed(Closing closing) =>
        Convert.ToHexStringLower(Audit.Seed(Convert.FromHexString(closing.R), Convert.FromHexString(closing.MerkleRoot)));
}
