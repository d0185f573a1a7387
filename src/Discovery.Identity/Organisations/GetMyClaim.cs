using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>Where a participant stands with an organisation: what can be asked, what was asked, what came of it.</summary>
internal static class GetMyClaim
{
    public sealed record Query(Guid Organisation) : IRequest<Standing>;

    /// <param name="Routes">Ways of proof that lead anywhere here.</param>
    /// <param name="Domain">Where addresses prove; null: nowhere.</param>
    /// <param name="IsLetterMailed">A letter goes by mail and at once; otherwise an official prints and posts it.</param>
    /// <param name="Ended">The last mandate that somebody has revoked, with the reason if it lost a dispute.</param>
    public sealed record Standing(
        Guid Organisation, Text Name, string Kind, string? Municipality, bool IsDisputed, bool IsLiquidated, bool HasMandate,
        IReadOnlyList<string> Routes, string? Domain, bool IsLetterMailed, MyClaim? Claim, Ending? Ended);

    public sealed record MyClaim(
        Guid Id, string Route, string Role, string? Position, DateTimeOffset AskedAt, DateTimeOffset? ProvedAt, string State, DateTimeOffset? DecidedAt, string? Reason, bool HasLetter, int TriesLeft,
        IReadOnlyList<Document> Documents);

    public sealed record Document(Guid Id, string FileName, int Size, DateTimeOffset UploadedAt);

    public sealed record Ending(DateTimeOffset At, string? Reason);

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapGet("/{id:guid}/claim", async (Guid id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(id), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Query, Standing>
    {
        public async Task<Standing> Handle(Query query, CancellationToken ct)
        {
            user.MustTakePart();
            var it = await claims.OrganisationAsync(query.Organisation, ct);
            var claim = await db.Claims.AsNoTracking().Where(c => c.Organisation == it.Id && c.Person == user.Id).OrderByDescending(c => c.AskedAt).FirstOrDefaultAsync(ct);
            var ended = await db.Mandates.AsNoTracking().Where(m => m.Organisation == it.Id && m.Person == user.Id && m.RevokedAt != null).OrderByDescending(m => m.RevokedAt).FirstOrDefaultAsync(ct);
            var routes = new List<string>();
            foreach (var route in new[] { ClaimRoutes.Domain, ClaimRoutes.Letter, ClaimRoutes.Document, ClaimRoutes.Representative })
                if (await AskForMandate.IsOpenAsync(claims, it, route, ct)) routes.Add(route);
            return new(
                it.Id, it.Name, it.Kind, it.Municipality, it.DisputedAt is not null, it.LiquidatedAt is not null, await claims.Holding(it.Id).AnyAsync(m => m.Person == user.Id, ct),
                routes, it.Domain, it.FrameAddress?.Contains('@') == true,
                claim is null ? null : new(claim.Id, claim.Route, claim.Role, claim.Position, claim.AskedAt, claim.ProvedAt, claim.State.ToString().ToLowerInvariant(), claim.DecidedAt, claim.Reason,
                    claim.Route == ClaimRoutes.Letter && await db.LetterCodes.AnyAsync(l => l.Organisation == it.Id && l.CreatedAt >= claim.AskedAt && l.ExpiresAt > claims.Now, ct), ProveByLetter.Tries - claim.Tried,
                    await db.Evidence.Where(e => e.Claim == claim.Id).OrderBy(e => e.UploadedAt).Select(e => new Document(e.Id, e.FileName, e.Size, e.UploadedAt)).ToListAsync(ct)),
                // A dispute that took the mandate ended at the same moment.
                ended is null ? null : new(ended.RevokedAt!.Value, await db.Disputes.Where(d => d.Organisation == it.Id && d.ResolvedAt == ended.RevokedAt).Select(d => d.Reason).FirstOrDefaultAsync(ct)));
        }
    }
}
