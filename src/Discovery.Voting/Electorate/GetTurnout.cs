using Discovery.Platform;
using Discovery.Site;
using Discovery.Voting.Data;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Electorate;

/// <summary>
/// Who may vote and, after the seal, who did, by group. While voting runs nobody is told who has voted; afterwards groups of fewer than five voters
/// are withheld, and one more with a single such group, because the total is public.
/// </summary>
internal static class GetTurnout
{
    public const int FewestShown = 5;

    public sealed record Query(string Round, CurrentUser Official) : IRequest<Answer>;

    public sealed record Answer(RoundCopy Round, bool IsOpen, bool IsSealed, IReadOnlyList<Row> Groups);

    /// <param name="Voted">Null before the seal, and where it is withheld.</param>
    public sealed record Row(string Group, int Electors, int? Voted);

    public sealed class Handler(VotingDb db) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            // Whoever has no business here is not told that there is a desk.
            if (!query.Official.MayRun(round.Region.Slug, round.Charter.Origin)) throw new RuleBroken("round.unknown") { Status = 404 };
            var head = await db.Heads.AsNoTracking().SingleOrDefaultAsync(h => h.Round == round.Id, ct);
            var electors = await db.Electors.Where(e => e.Round == round.Id).GroupBy(e => e.Group).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
            var voted = head?.SealedAt is null ? []
                : await db.Roll.Where(r => r.Round == round.Id).GroupBy(r => r.Group).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
            var shown = head?.SealedAt is null ? [] : Shown([.. round.Charter.Groups.Select(g => (g.Id, voted.GetValueOrDefault(g.Id)))]);
            return new(round, head is not null, head?.SealedAt is not null, [.. round.Charter.Groups.Select(g => new Row(g.Id, electors.GetValueOrDefault(g.Id), shown.TryGetValue(g.Id, out var n) ? n : null))]);
        }
    }

    /// <summary>The groups whose number of voters may be told.</summary>
    public static Dictionary<string, int> Shown(IReadOnlyList<(string Group, int Voted)> groups)
    {
        var hidden = groups.Where(g => g.Voted < FewestShown).ToList();
        // What is missing from the total would be the one that was withheld.
        if (hidden.Count == 1 && groups.Count > 1) hidden.Add(groups.Except(hidden).MinBy(g => g.Voted));
        return groups.Except(hidden).ToDictionary(g => g.Group, g => g.Voted);
    }
}
