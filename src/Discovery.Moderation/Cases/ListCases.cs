using Discovery.Contracts;
using Discovery.Moderation.Data;
using Discovery.Moderation.Log;
using Discovery.Moderation.Participants;
using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Cases;

/// <summary>What waits for a decision, whatever is due first at the top.</summary>
internal static class ListCases
{
    // Whoever has more than this open has other worries than a longer page.
    const int Most = 200;

    /// <summary>As it stands in the address; what makes no sense is ignored.</summary>
    /// <param name="Why">One of <see cref="Case.Whys"/>.</param>
    /// <param name="Whose"><c>mine</c>: claimed by or assigned to me; <c>free</c>: nobody's; <c>escalated</c>.</param>
    /// <param name="Late">Only what is late: <c>yes</c>.</param>
    public sealed record Filter(string? Why = null, string? Kind = null, string? Whose = null, string? Late = null);

    public static readonly IReadOnlyList<string> Whoses = ["mine", "free", "escalated"];

    public sealed record Query(string Round, CurrentUser Moderator, Filter Filter) : IRequest<View>;

    /// <param name="Total">Open cases without the filter.</param>
    public sealed record View(RoundCopy Round, IReadOnlyList<Row> Cases, int Total, DateTimeOffset Now);

    /// <param name="Why">One of <see cref="Case.Whys"/>.</param>
    /// <param name="Hints">Kinds of what a program has noticed.</param>
    /// <param name="ClaimedBy">Who holds it now; null: nobody.</param>
    /// <param name="Pending">A decision for several takes effect then.</param>
    /// <param name="Of">Sequence of the words.</param>
    public sealed record Row(
        Guid Id, Guid Content, string Kind, int? Number, Text Title, IReadOnlyList<Text> Organisations, string Why, int Reports, IReadOnlyList<string> Hints, DateTimeOffset OpenedAt, bool IsLate,
        bool IsEscalated, string? ClaimedBy, bool IsMine, string? AssignedTo, DateTimeOffset? Pending, long Of);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/cases", async (string round, [AsParameters] Filter filter, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok((await mediator.Send(new Query(round, user, filter), ct)).Cases));

    public sealed class Handler(ModerationDb db, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var (filter, me) = (query.Filter, query.Moderator.Id);
            var round = await db.GetRound(query.Round, ct);
            query.Moderator.MustModerate(round);
            var now = await db.ClockAsync(clock, ct);
            var open = db.Cases.AsNoTracking().Where(c => c.Round == round.Id && c.ClosedAt == null);
            var total = await open.CountAsync(ct);
            if (Case.Whys.Contains(filter.Why ?? "")) open = open.Where(c => c.Why == filter.Why);
            if (filter.Whose == "mine") open = open.Where(c => c.AssignedTo == me || (c.ClaimedBy == me && c.ClaimedUntil > now));
            if (filter.Whose == "free") open = open.Where(c => c.AssignedTo == null && (c.ClaimedUntil == null || c.ClaimedUntil <= now));
            if (filter.Whose == "escalated") open = open.Where(c => c.IsEscalated);
            if (!string.IsNullOrEmpty(filter.Kind)) open = open.Where(c => db.Contents.Any(t => t.Id == c.Content && t.Kind == filter.Kind));
            var rows = await open.OrderBy(c => c.OpenedAt).Take(Most).Join(db.Contents.AsNoTracking(), c => c.Content, t => t.Id, (c, t) => new
            {
                Case = c,
                Content = t,
                Reports = db.Reports.Count(r => r.Content == t.Id && r.ClosedAt == null),
                Pending = db.Decisions.Where(d => d.Case == c.Id && d.Sequence == null).Select(d => (DateTimeOffset?)d.DueAt).FirstOrDefault(),
            }).ToListAsync(ct);
            var organisations = rows.SelectMany(r => r.Content.Organisations).Distinct().ToList();
            var names = await db.Organisations.AsNoTracking().Where(o => organisations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, ct);
            var people = await db.NamesAsync(round.Id, rows.SelectMany(r => new[] { r.Case.ClaimedBy, r.Case.AssignedTo }).OfType<Guid>(), ct);
            return new(round, [.. rows.OrderBy(r => r.Case.Due).Where(r => filter.Late != "yes" || r.Case.Due < now).Select(r => new Row(
                r.Case.Id, r.Content.Id, r.Content.Kind, r.Content.Number, r.Content.Title, [.. r.Content.Organisations.Select(o => names.GetValueOrDefault(o)).OfType<Text>()],
                r.Case.Why, r.Reports, [.. r.Content.Hints.Select(h => h.Kind).Distinct()], r.Case.OpenedAt, r.Case.Due < now, r.Case.IsEscalated,
                r.Case.HeldBy(now) is { } by ? people[by] : null, r.Case.HeldBy(now) == me || r.Case.AssignedTo == me, r.Case.AssignedTo is { } to ? people[to] : null, r.Pending, r.Content.Sequence))], total, now);
        }
    }

    /// <summary>Names of those who moderate, for each other: as their sessions said, or else their letter in the log.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> NamesAsync(this ModerationDb db, Guid round, IEnumerable<Guid> people, CancellationToken ct)
    {
        var ids = people.Distinct().ToList();
        var names = await db.People.Where(p => ids.Contains(p.Id) && p.Name != "").ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        var letters = await db.Aliases.Where(a => a.Round == round && ids.Contains(a.Person)).ToDictionaryAsync(a => a.Person, a => Alias.Letter(a.Number), ct);
        return ids.ToDictionary(id => id, id => names.GetValueOrDefault(id) ?? letters.GetValueOrDefault(id) ?? id.ToString("N")[..8]);
    }
}
