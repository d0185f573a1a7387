using Discovery.Contracts;
using Discovery.Contracts.Moderation;
using Discovery.Moderation.Cases;
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

namespace Discovery.Moderation.Appeals;

/// <summary>What was decided on a person's own content, and why; for the author and whoever acts for its organisations, and for nobody else.</summary>
internal static class GetDecision
{
    public static readonly TimeSpan TimeToAppeal = TimeSpan.FromDays(14);

    public sealed record Query(string Round, Guid Content, CurrentUser User) : IRequest<View>;

    /// <param name="Decided">The last one; null: none yet.</param>
    /// <param name="AppealUntil">An appeal can be filed until then; null: not (any more).</param>
    public sealed record View(RoundCopy Round, Guid Content, string Kind, int? Number, string Place, Text Title, bool IsShown, Outcome? Decided, DateTimeOffset? AppealUntil, Filed? Appeal);

    public sealed record Outcome(string What, string Reason, string Text, DateTimeOffset At, string Moderator, int? Other);

    public sealed record Filed(string Text, DateTimeOffset At, DateTimeOffset Due, bool? Granted, string? Answer, DateTimeOffset? AnsweredAt);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/contents/{content:guid}/decision", async (string round, Guid content, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, content, user), ct) with { Round = null! })).RequireAuthorization();

    public sealed class Handler(ModerationDb db, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var now = await db.ClockAsync(clock, ct);
            var (round, content) = await db.OwnContentAsync(query.Round, query.Content, query.User, now, ct);
            var last = await db.LastDecisionAsync(content, ct);
            var appeal = last is null ? null : await db.Appeals.AsNoTracking().SingleOrDefaultAsync(a => a.Decision == last.Id, ct);
            return new(round, content.Id, content.Kind, content.Number, content.Place, content.Title, content.IsShown,
                last is null ? null : new(last.What, last.Reason, last.Text, last.At, Alias.Letter((await db.AliasAsync(round.Id, last.Moderator, ct)).Number), last.Other),
                appeal is null && last is not null && IsOpen(last, content, now) ? last.At + TimeToAppeal : null,
                appeal is null ? null : new(appeal.Text, appeal.At, appeal.At + Case.AppealPatience, appeal.Granted, appeal.Answer, appeal.AnsweredAt));
        }
    }

    /// <summary>It was against the author, it is about the words as they stand, and it is not too long ago.</summary>
    public static bool IsOpen(Decision decision, Content content, DateTimeOffset now) =>
        decision.What is Decisions.Return or Decisions.Hide && decision.Of == content.Sequence && !content.IsGone && now < decision.At + TimeToAppeal;

    public static Task<Decision?> LastDecisionAsync(this ModerationDb db, Content content, CancellationToken ct) =>
        db.Decisions.AsNoTracking().Where(d => d.Content == content.Id && d.Case == content.Id && d.Sequence != null).OrderByDescending(d => d.Sequence).FirstOrDefaultAsync(ct);

    /// <exception cref="RuleBroken">404: there is none, or it is somebody else's.</exception>
    public static async Task<(RoundCopy Round, Content Content)> OwnContentAsync(this ModerationDb db, string slug, Guid id, CurrentUser user, DateTimeOffset now, CancellationToken ct)
    {
        var round = await db.GetRound(slug, ct);
        var content = await db.Contents.SingleOrDefaultAsync(c => c.Id == id && c.Round == round.Id, ct);
        if (content is not null && !user.IsMachine && user.Id != Guid.Empty)
        {
            if (content.Author == user.Id) return (round, content);
            var mine = await db.Mandates.Where(m => m.Person == user.Id && m.RevokedAt == null && (m.Until == null || m.Until > now)).Select(m => m.Organisation).ToListAsync(ct);
            if (mine.Exists(content.Organisations.Contains)) return (round, content);
        }
        throw new RuleBroken("moderation.unknown") { Status = 404 };
    }
}
