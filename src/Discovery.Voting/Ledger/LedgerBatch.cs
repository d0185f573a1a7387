using System.Security.Cryptography;
using System.Text;
using Discovery.Contracts.Voting;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Ranking;
using Discovery.Voting.Ballots;
using Discovery.Voting.Data;
using Discovery.Voting.Electorate;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Ledger;

/// <summary>
/// One transaction of the ledger: lock the head, read the database's clock, judge each act, append what is accepted, commit. <see cref="LedgerFeed"/> sends it on.
/// </summary>
internal sealed class LedgerBatch(VotingDb db, Sheets sheets, RoundSecrets secrets)
{
    readonly List<LedgerEntry> entries = [];
    readonly Dictionary<string, CurrentBallot> changed = [];
    LedgerHead head = null!;
    DateTimeOffset now;

    public async Task<List<Outcome>> CommitAsync(Guid round, List<Act> acts, CancellationToken ct)
    {
        var sheet = await sheets.FindAsync(round, ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (sheet is null || await db.LockHeadAsync(round, ct) is not { } locked) return acts.ConvertAll(_ => new Outcome(null, new RuleBroken("voting.notopen")));
        (head, now) = (locked, await db.ClockAsync(ct));

        var people = acts.Select(a => a switch { Act.Cast c => c.Person, Act.Withdraw w => w.Person, _ => null }).OfType<Guid>().Distinct().ToList();
        var subjects = acts.Select(a => a is Act.Cast { Person: null } cast ? cast.Subject : null).OfType<Guid>().Distinct().ToList();
        var capacities = await Capacities.ReadAsync(db, round, people, subjects, now, ct);
        // With the seal the secret is gone that would find a voter's key; nobody needs it to hear that the vote is over.
        var voters = acts.ConvertAll(act => head.SealedAt is null ? Try(() => Voter(act, capacities)) : default);
        var keys = voters.Select(v => v.Value?.Key).OfType<string>().Distinct().ToList();
        foreach (var ballot in await db.CurrentAsync(round, keys, ct)) changed[ballot.Key] = ballot;
        var named = voters.Select(v => v.Value?.Family).OfType<string>().Distinct().ToList();
        var families = named.Count == 0 ? [] : await FamiliesAsync(round, named, ct);

        var outcomes = new List<Outcome>(acts.Count);
        for (var i = 0; i < acts.Count; i++)
        {
            var (act, voter) = (acts[i], voters[i]);
            outcomes.Add(voter.Refused is { } no ? new(null, no) : Record(act, voter.Value, sheet, families));
        }
        if (entries.Count == 0) return outcomes;

        await db.AppendAsync(entries, [.. changed.Values.Where(b => b.Sequence > head.Sequence - entries.Count)], ct);
        await db.SaveChangesAsync(ct);
        Faults.Reached("before-ledger-commit");
        await transaction.CommitAsync(ct);
        Faults.Reached("after-ledger-commit");
        return outcomes;
    }

    Outcome Record(Act act, VoterKey? voter, Sheet sheet, Dictionary<(string, string), int> families)
    {
        try
        {
            switch (act)
            {
                case Act.Cast cast:
                    MustBeOpen();
                    var unseen = sheet.UnseenBy(voter!.Elector);
                    foreach (var number in cast.Choice.Tiers.SelectMany(t => t))
                    {
                        if (head.Withdrawn.Contains(number)) throw Sheet.Bad("voting.ballot.withdrawn", number);
                        if (unseen.Contains(number)) throw Sheet.Bad("voting.ballot.own", number);
                    }
                    var ballot = Current(voter, families);
                    ballot.Revision++;
                    ballot.Withdrawn = false;
                    return Append(EntryKinds.Ballot, Canonical.Ballot(voter.Key, head.BallotHash, voter.Elector.Group, sheet.Rules.Ballot == "approval" ? "approval" : "rank", unseen, voter.Family, ballot.Revision, cast.Choice), ballot);
                case Act.Withdraw:
                    MustBeOpen();
                    if (!changed.TryGetValue(voter!.Key, out var mine) || mine.Withdrawn) throw new RuleBroken("voting.noballot");
                    mine.Revision++;
                    mine.Withdrawn = true;
                    return Append(EntryKinds.Withdraw, Canonical.Withdraw(voter.Key, head.BallotHash, mine.Revision), mine);
                case Act.WithdrawProposal withdrawal:
                    if (head.SealedAt is not null) throw new RuleBroken("voting.sealed");
                    if (sheet.List.All(p => p.Number != withdrawal.Number)) throw Sheet.Bad("voting.ballot.unknown", withdrawal.Number);
                    if (head.Withdrawn.Contains(withdrawal.Number)) throw new RuleBroken("voting.withdrawn.already", withdrawal.Number);
                    head.Withdrawn = [.. head.Withdrawn, withdrawal.Number];
                    return Append(EntryKinds.WithdrawProposal, Canonical.Act(EntryKinds.WithdrawProposal, head.BallotHash, withdrawal.Number, withdrawal.Reason), null);
                case Act.Close close:
                    if (head.ClosedAt is not null) throw new RuleBroken("voting.closed.already");
                    // The clock's close comes before its time only when somebody has moved the end meanwhile.
                    if (close.Reason is null && (head.PausedAt is not null || now < head.ClosesAt)) throw new RuleBroken("voting.notdue");
                    head.ClosedAt = now;
                    return Append(EntryKinds.Close, Canonical.Act(EntryKinds.Close, head.BallotHash, null, close.Reason), null);
                default: throw new ArgumentOutOfRangeException(nameof(act));
            }
        }
        catch (RuleBroken no) { return new(null, no); }
    }

    void MustBeOpen()
    {
        if (head.ClosedAt is not null || (head.PausedAt is null && now >= head.ClosesAt)) throw new RuleBroken("voting.closed");
        if (head.PausedAt is not null) throw new RuleBroken("round.paused");
    }

    CurrentBallot Current(VoterKey voter, Dictionary<(string, string), int> families)
    {
        if (changed.TryGetValue(voter.Key, out var ballot)) return ballot;
        if (voter.Family is { } family)
        {
            // A vote divides into at most 16 equal parts (U = lcm(1..16), ranking.md 2.2).
            var count = families.GetValueOrDefault((voter.Elector.Group, family));
            if (count >= 16) throw new RuleBroken("voting.family");
            families[(voter.Elector.Group, family)] = count + 1;
        }
        return changed[voter.Key] = new() { Round = head.Round, Key = voter.Key, Group = voter.Elector.Group, Family = voter.Family };
    }

    Outcome Append(string kind, string payload, CurrentBallot? ballot)
    {
        var entry = head.Next(kind, payload);
        entries.Add(entry);
        if (ballot is not null) ballot.Sequence = entry.Sequence;
        return new(new(entry.Sequence, entry.Leaf, ballot?.Revision ?? 0), null);
    }

    async Task<Dictionary<(string, string), int>> FamiliesAsync(Guid round, List<string> families, CancellationToken ct) =>
        (await db.CurrentBallots.Where(b => b.Round == round && families.Contains(b.Family!)).GroupBy(b => new { b.Group, b.Family })
            .Select(g => new { g.Key.Group, Family = g.Key.Family!, Count = g.Count() }).ToListAsync(ct)).ToDictionary(f => (f.Group, f.Family), f => f.Count);

    VoterKey? Voter(Act act, Capacities capacities)
    {
        var elector = act switch
        {
            Act.Cast { Person: null } cast => capacities.MustExist(cast.Subject!.Value),
            Act.Cast cast => capacities.MustBe(cast.Person.Value, cast.Subject, cast.Usual),
            Act.Withdraw withdraw => capacities.MustBe(withdraw.Person, withdraw.Subject, withdraw.Usual),
            _ => null,
        };
        return elector is null ? null : VoterKey.Of(elector, secrets.Of(elector.Round));
    }

    static (VoterKey? Value, RuleBroken? Refused) Try(Func<VoterKey?> find)
    {
        try { return (find(), null); }
        catch (RuleBroken no) { return (null, no); }
    }
}

/// <summary>An elector under the pseudonyms of the ledger.</summary>
internal sealed record VoterKey(Elector Elector, string Key, string? Family)
{
    public static VoterKey Of(Elector elector, RoundSecrets.Secret secret) => elector.IsPerson
        ? new(elector, secret.PersonKey(elector.Subject, elector.Group), null)
        : new(elector, secret.OrganisationKey(elector.Subject, 0), secret.FamilyKey(elector.Family));
}

internal static class Chaining
{
    /// <summary>The next entry of the ledger, chained to the head, which moves.</summary>
    public static LedgerEntry Next(this LedgerHead head, string kind, string payload)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        var leaf = Audit.Leaf(salt, Encoding.UTF8.GetBytes(payload));
        head.Hash = Audit.Chain(head.Hash, Audit.Entry(kind, leaf));
        return new() { Round = head.Round, Sequence = ++head.Sequence, Kind = kind, Leaf = leaf, Salt = salt, Payload = payload };
    }
}
