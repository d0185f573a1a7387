using Discovery.Moderation.Data;
using Discovery.Platform;
using Discovery.Platform.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Participants;

/// <summary>What this service holds of the person who asks.</summary>
internal static class ExportMyData
{
    sealed record ActsFor(Guid Organisation, DateTimeOffset? Until, DateTimeOffset? RevokedAt);

    sealed record Written(Guid Round, string Kind, int? Number, DateTimeOffset SubmittedAt, bool IsShown);

    sealed record Reported(Guid Round, Guid Content, string Reason, string Text, DateTimeOffset At);

    sealed record Objected(Guid Content, string Text, DateTimeOffset At, bool? Granted, string? Answer);

    sealed record Decided(Guid Round, Guid Content, string What, string Reason, string Text, DateTimeOffset At);

    sealed record Tied(Guid Organisation, string Kind, string Text, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/export", async (ModerationDb db, CurrentUser user, HttpContext http, TimeProvider clock, CancellationToken ct) =>
        {
            var (data, me) = (await db.OwnCopyAsync("moderation", user, ct), user.Id);
            return data
                .Add("mandates", await db.Mandates.Where(m => m.Person == me).Select(m => new ActsFor(m.Organisation, m.Until, m.RevokedAt)).ToListAsync(ct))
                .Add("contents", await db.Contents.Where(c => c.Author == me).OrderBy(c => c.SubmittedAt).Select(c => new Written(c.Round, c.Kind, c.Number, c.SubmittedAt, c.IsShown)).ToListAsync(ct))
                .Add("reports", await db.Reports.Where(r => r.Person == me).OrderBy(r => r.At).Select(r => new Reported(r.Round, r.Content, r.Reason, r.Text, r.At)).ToListAsync(ct))
                .Add("appeals", await db.Appeals.Where(a => a.Person == me).OrderBy(a => a.At).Select(a => new Objected(a.Content, a.Text, a.At, a.Granted, a.Answer)).ToListAsync(ct))
                .Add("decisions", await db.Decisions.Where(d => d.Moderator == me).OrderBy(d => d.At).Select(d => new Decided(d.Round, d.Content, d.What, d.Reason, d.Text, d.At)).ToListAsync(ct))
                .Add("interests", await db.Interests.Where(i => i.Person == me).OrderBy(i => i.At).Select(i => new Tied(i.Organisation, i.Kind, i.Text, i.At)).ToListAsync(ct))
                .ToResult(http, clock.GetUtcNow());
        }).RequireAuthorization();
}
