using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Rounds.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Charters;

/// <summary>What this service holds of the person who asks: an official's own acts on rounds.</summary>
internal static class ExportMyData
{
    sealed record Act(string Round, string What, DateTimeOffset? At, string? Reason);

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapGet("/me/export", async (RoundsDb db, CurrentUser user, HttpContext http, TimeProvider clock, CancellationToken ct) =>
        {
            var (data, me) = (await db.OwnCopyAsync("rounds", user, ct), user.Id);
            var own = await db.Whole.AsNoTracking().Where(r => r.DraftedBy == me || r.ProposedBy == me || r.PublishedBy == me || r.Pauses.Any(p => p.By == me || p.EndedBy == me) || r.Amendments.Any(a => a.By == me) || r.Phases.Any(p => p.StartedBy == me || p.EndedBy == me)).ToListAsync(ct);
            var scores = await db.Wheel.AsNoTracking().Where(s => s.By == me).Join(db.Rounds, s => s.Round, r => r.Id, (s, r) => new Act(r.Slug, "wheel " + s.Factor + " scored", s.At, s.Comment)).ToListAsync(ct);
            return data.Add("acts", [.. own.SelectMany(ActsOf).Concat(scores).OrderBy(a => a.At)]).ToResult(http, clock.GetUtcNow());

            IEnumerable<Act> ActsOf(Round round)
            {
                if (round.DraftedBy == me) yield return new(round.Slug, "drafted", round.DraftedAt, null);
                if (round.PublishedBy == me) yield return new(round.Slug, "published", round.PublishedAt, null);
                if (round.ProposedBy == me) yield return new(round.Slug, "proposed for publication", round.ProposedAt, null);
                foreach (var pause in round.Pauses)
                {
                    if (pause.By == me) yield return new(round.Slug, "paused", pause.From, pause.Reason);
                    if (pause.EndedBy == me) yield return new(round.Slug, "resumed", pause.Until, pause.EndReason);
                }
                foreach (var amendment in round.Amendments.Where(a => a.By == me)) yield return new(round.Slug, $"amendment {amendment.Number}", amendment.At, amendment.Reason);
                foreach (var phase in round.Phases)
                {
                    if (phase.StartedBy == me) yield return new(round.Slug, phase.Kind + " started", phase.StartedAt, phase.StartReason);
                    if (phase.EndedBy == me) yield return new(round.Slug, phase.Kind + " ended", phase.EndedAt, phase.EndReason);
                }
            }
        }).RequireAuthorization();
}
