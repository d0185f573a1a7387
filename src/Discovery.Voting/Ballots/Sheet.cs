using System.Collections.Concurrent;
using System.Text.Json;
using Discovery.Contracts.Proposals;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Site;
using Discovery.Voting.Data;
using Discovery.Voting.Electorate;
using Discovery.Voting.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Voting.Ballots;

/// <summary>What a ballot of this round may say: the frozen list and the rules. Never changes once it exists.</summary>
internal sealed class Sheet
{
    readonly Dictionary<int, ListedProposal> listed;

    public Sheet(RoundCopy round, BallotList list)
    {
        (Round, Rules) = (round.Id, round.Rules);
        List = JsonSerializer.Deserialize<List<ListedProposal>>(list.List, Wire.Json)!;
        BallotHash = Canonical.BallotHash(round.Charter.RulesHash, list.ListHash);
        listed = List.ToDictionary(p => p.Number);
    }

    public Guid Round { get; }
    public CountingRules Rules { get; }
    public IReadOnlyList<ListedProposal> List { get; }
    public string BallotHash { get; }

    public bool IsApproval => Rules.Ballot == "approval";

    /// <summary>Own proposals and those of affiliates: this voter's ballot does not see them (ranking.md 2.1; features F2, conflict of interest).</summary>
    public List<int> UnseenBy(Elector elector) => elector.IsPerson
        ? []
        : [.. List.Where(p => p.Organisations.Contains(elector.Subject) || p.Families.Contains(elector.Family)).Select(p => p.Number)];

    /// <summary>Says no to whatever the count could not read as meant. Withdrawn proposals and own ones are looked at when the ballot is recorded.</summary>
    public void MustAccept(Choice choice)
    {
        var seen = new HashSet<int>();
        foreach (var tier in choice.Tiers)
        {
            if (tier is not { Count: > 0 }) throw Bad("voting.ballot.emptytier");
            if (tier.Count > 1 && !Rules.Ties && !IsApproval) throw Bad("voting.ballot.ties");
            foreach (var number in tier)
            {
                if (!listed.ContainsKey(number)) throw Bad("voting.ballot.unknown", number);
                if (!seen.Add(number)) throw Bad("voting.ballot.duplicate", number);
            }
        }
        if (seen.Count == 0) throw Bad("voting.ballot.empty");
        if (seen.Count > Rules.MaxRanked) throw Bad("voting.ballot.toomany", Rules.MaxRanked);
        if (IsApproval && choice.Tiers.Count != 1) throw Bad("voting.ballot.onetier");
        if (choice.Approved is { } approved && (approved.Distinct().Count() != approved.Count || approved.Any(n => !seen.Contains(n)))) throw Bad("voting.ballot.approved");
    }

    public static RuleBroken Bad(string code, params object[] values) => new(code, values) { Status = 400 };
}

/// <summary>The sheets of all rounds that this process has been asked about: a ballot costs no query for what never changes.</summary>
internal sealed class Sheets(IServiceScopeFactory scopes)
{
    readonly ConcurrentDictionary<Guid, Sheet> known = new();
    readonly ConcurrentDictionary<string, Sheet> bySlug = new();

    /// <exception cref="RuleBroken">There is no such round (404), or its list is not frozen (409).</exception>
    public async ValueTask<Sheet> GetAsync(string slug, CancellationToken ct)
    {
        if (bySlug.TryGetValue(slug, out var sheet)) return sheet;
        await using var scope = scopes.CreateAsyncScope();
        var round = await scope.ServiceProvider.GetRequiredService<VotingDb>().GetRound(slug, ct);
        return bySlug[slug] = await FindAsync(round, ct) ?? throw new RuleBroken("voting.notopen");
    }

    /// <summary>The sheet, or null while the list is not frozen.</summary>
    public async ValueTask<Sheet?> FindAsync(RoundCopy round, CancellationToken ct)
    {
        if (known.TryGetValue(round.Id, out var sheet)) return sheet;
        await using var scope = scopes.CreateAsyncScope();
        var list = await scope.ServiceProvider.GetRequiredService<VotingDb>().Lists.AsNoTracking().SingleOrDefaultAsync(l => l.Round == round.Id, ct);
        return list is null ? null : known.GetOrAdd(round.Id, new Sheet(round, list));
    }
}
