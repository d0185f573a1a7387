using Discovery.Aggregation.Data;
using Discovery.Platform;
using Discovery.Platform.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Aggregation.Results;

/// <summary>What this service holds of the person who asks: an official's own acts on results.</summary>
internal static class ExportMyData
{
    sealed record Act(Guid Round, string What, DateTimeOffset? At);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/export", async (AggregationDb db, CurrentUser user, HttpContext http, TimeProvider clock, CancellationToken ct) =>
        {
            var (data, me) = (await db.OwnCopyAsync("aggregation", user, ct), user.Id);
            var own = await db.Outcomes.Where(o => o.AskedBy == me || o.PublishedBy == me).Select(o => new { o.Round, o.AskedBy, o.AskedAt, o.PublishedAt }).ToListAsync(ct);
            return data.Add("acts", own.ConvertAll(o => o.AskedBy == me ? new Act(o.Round, "publication asked", o.AskedAt) : new Act(o.Round, "publication confirmed", o.PublishedAt)))
                .ToResult(http, clock.GetUtcNow());
        }).RequireAuthorization();
}
