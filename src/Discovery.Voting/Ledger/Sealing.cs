using Discovery.Contracts.Voting;
using Discovery.Platform.Messaging;
using Discovery.Ranking;
using Discovery.Voting.Data;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Ledger;

/// <summary>The last entry: after it the roll is written, r is revealed, and the secret that joins voters to keys is destroyed (rules 4, 5).</summary>
internal sealed class Sealing(VotingDb db, RoundSecrets secrets, LedgerFeed feed)
{
    public async Task SealAsync(Guid round, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var head = (await db.LockHeadAsync(round, ct))!;
        if (head.SealedAt is not null) return;
        var now = await db.ClockAsync(ct);
        var secret = secrets.Of(round);

        var entry = head.Next(EntryKinds.Seal, Canonical.Act(EntryKinds.Seal, head.BallotHash, null, null));
        await db.AppendAsync([entry], [], ct);
        var leaves = await db.Ledger.Where(e => e.Round == round).OrderBy(e => e.Sequence).Select(e => e.Leaf).ToListAsync(ct);
        var (root, r) = (Canonical.Hex(Audit.MerkleRoot(leaves)), Canonical.Hex(secret.R));
        (head.SealedAt, head.MerkleRoot, head.R) = (now, root, r);

        var voted = (await db.CurrentBallots.Where(b => b.Round == round && !b.Withdrawn).Select(b => b.Key).ToListAsync(ct)).ToHashSet();
        var roll = (await db.Electors.AsNoTracking().Where(e => e.Round == round).ToListAsync(ct)).Where(e => voted.Contains(VoterKey.Of(e, secret).Key)).OrderBy(e => e.Subject).ToList();
        db.AddRange(roll.Select(e => new RollEntry { Round = round, Voter = e.Subject, Group = e.Group }));

        db.Announce(new VotersRecorded(round, 1, now, [.. roll.Where(e => !e.IsPerson).Select(e => e.Subject)],
            roll.Where(e => e.IsPerson).GroupBy(e => e.Group).ToDictionary(g => g.Key, g => g.Count())));
        db.Announce(new VotingClosed(round, 2, now, head.Sequence, Canonical.Hex(head.Hash), root, r, head.BallotHash));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        feed.Pulse();
        secrets.Destroy(round);
    }
}
