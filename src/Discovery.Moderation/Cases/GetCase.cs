using Discovery.Contracts;
using Discovery.Contracts.Moderation;
using Discovery.Moderation.Data;
using Discovery.Moderation.Log;
using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Cases;

/// <summary>One case with all that a moderator needs to decide on it.</summary>
internal static class GetCase
{
    /// <param name="Read">Sequence of the words that the moderator has read before: what has changed since is told.</param>
    public sealed record Query(string Round, Guid Case, CurrentUser Moderator, long? Read = null) : IRequest<View>;

    /// <param name="Why">One of <see cref="Case.Whys"/>.</param>
    /// <param name="Conflict">Why the asker may not decide (<see cref="Conflicts"/>); null: may.</param>
    /// <param name="Since">What has changed since the words that were read before; null: nothing.</param>
    public sealed record View(
        RoundCopy Round, Guid Id, Guid Content, bool IsAppeal, bool IsOpen, string Kind, int? Number, string Place, Text Title, Text Body, IReadOnlyList<Text> Organisations, string Why, DateTimeOffset OpenedAt, DateTimeOffset Due, bool IsLate,
        bool IsShown, bool IsEscalated, string? ClaimedBy, bool IsClaimedByMe, DateTimeOffset? ClaimedUntil, Guid? AssignedTo, string? Conflict, bool MayDecide, DateTimeOffset? Pending, long Of, IReadOnlyList<Noticed> Hints, IReadOnlyList<Complaint> Reports,
        Objection? Appeal, IReadOnlyList<Step> History, Changes? Since, IReadOnlyList<Colleague> Colleagues);

    /// <param name="Number">Of the content that says the same.</param>
    public sealed record Noticed(string Kind, string? Found, int? Number);

    /// <summary>Not who: nobody needs to know it to decide.</summary>
    public sealed record Complaint(string Reason, string Text, DateTimeOffset At);

    public sealed record Objection(string Text, DateTimeOffset At, string Decision, string Reason, string Said, string Moderator);

    /// <param name="What">submitted, a decision, appeal, grant or refuse.</param>
    public sealed record Step(string What, DateTimeOffset At, string? Moderator, string? Reason, string? Text);

    public sealed record Colleague(Guid Person, string Name);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/cases/{item:guid}", async (string round, Guid item, long? read, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            var view = await mediator.Send(new Query(round, item, user, read), ct);
            return TypedResults.Ok(view with { Round = null! });
        });

    public sealed class Handler(ModerationDb db, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var user = query.Moderator;
            var (round, item, content) = await db.CaseAsync(query.Round, query.Case, user, ct);
            var now = await db.ClockAsync(clock, ct);
            var conflict = await db.ConflictAsync(user.Id, item, content, now, ct);
            var names = await db.Organisations.AsNoTracking().Where(o => content.Organisations.Contains(o.Id)).Select(o => o.Name).ToListAsync(ct);
            var others = content.Hints.Select(h => h.Other).OfType<Guid>().ToList();
            var numbers = await db.Contents.Where(c => others.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Number, ct);
            var reports = await db.Reports.Where(r => r.Content == content.Id && r.ClosedAt == null).OrderBy(r => r.At).Select(r => new Complaint(r.Reason, r.Text, r.At)).ToListAsync(ct);
            var colleagues = (await db.ColleaguesAsync(round.Region.Slug, ct)).Where(p => p != user.Id).ToList();
            var decisions = await db.Decisions.AsNoTracking().Where(d => d.Content == content.Id).ToListAsync(ct);
            var letters = await db.Aliases.Where(a => a.Round == round.Id).ToDictionaryAsync(a => a.Person, a => Alias.Letter(a.Number), ct);
            var people = await db.NamesAsync(round.Id, [.. colleagues, .. new[] { item.HeldBy(now) }.OfType<Guid>()], ct);
            return new(
                round, item.Id, content.Id, item.IsAppeal, item.ClosedAt is null, content.Kind, content.Number, content.Place, content.Title, content.Body, names, item.Why, item.OpenedAt, item.Due, item.Due < now,
                content.IsShown, item.IsEscalated, item.HeldBy(now) is { } by ? people[by] : null, item.HeldBy(now) == user.Id, item.HeldBy(now) is null ? null : item.ClaimedUntil, item.AssignedTo, conflict,
                item.ClosedAt is null && conflict is null && (!item.IsEscalated || user.Is(Roles.Official, round.Region.Slug)), decisions.Find(d => d.Case == item.Id && d.Sequence is null)?.DueAt, content.Sequence,
                content.Hints.ConvertAll(h => new Noticed(h.Kind, h.Found, h.Other is { } other ? numbers.GetValueOrDefault(other) : null)), reports,
                await AppealAsync(), await HistoryAsync(), await SinceAsync(), colleagues.ConvertAll(c => new Colleague(c, people[c])));

            async Task<Objection?> AppealAsync() => await db.Appeals.AsNoTracking().SingleOrDefaultAsync(a => a.Id == item.Id, ct) is { } appeal && decisions.Find(d => d.Id == appeal.Decision) is { } first
                ? new(appeal.Text, appeal.At, first.What, first.Reason, first.Text, letters.GetValueOrDefault(first.Moderator, "")) : null;

            async Task<IReadOnlyList<Step>> HistoryAsync() =>
            [
                .. (await db.Wordings.Where(w => w.Content == content.Id).Select(w => w.At).ToListAsync(ct)).Select(at => new Step("submitted", at, null, null, null))
                    .Concat((await db.Appeals.Where(a => a.Content == content.Id).Select(a => a.At).ToListAsync(ct)).Select(at => new Step(TransparencyLog.Appealed, at, null, null, null)))
                    .Concat(decisions.Where(d => d.Sequence is not null).Select(d => new Step(d.What, d.At, letters.GetValueOrDefault(d.Moderator), d.What is Decisions.Return or Decisions.Hide ? d.Reason : null, d.Text)))
                    .OrderBy(s => s.At),
            ];

            async Task<Changes?> SinceAsync() => query.Read is { } read && read != content.Sequence && await db.Wordings.AsNoTracking().SingleOrDefaultAsync(w => w.Content == content.Id && w.Sequence == read, ct) is { } before
                ? Changes.Between(before.Title, before.Body, content.Title, content.Body) : null;
        }
    }
}

/// <param name="Gone">Paragraphs that stood there before.</param>
/// <param name="Come">Paragraphs that stand there now.</param>
internal sealed record Changes(IReadOnlyList<string> Gone, IReadOnlyList<string> Come)
{
    public static Changes Between(Text oldTitle, Text oldBody, Text title, Text body)
    {
        var (before, now) = (Paragraphs(oldTitle, oldBody), Paragraphs(title, body));
        return new([.. before.Except(now)], [.. now.Except(before)]);
    }

    static List<string> Paragraphs(Text title, Text body) => [.. title.Values, .. body.Values.SelectMany(t => t.Split("\n\n"))];
}
