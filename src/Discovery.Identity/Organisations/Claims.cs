using Discovery.Identity.Accounts;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>What claims and mandates have in common, whichever way they come: who may decide, when two claims are a dispute, what a grant is.</summary>
internal sealed class Claims(IdentityDb db, CurrentUser user, TimeProvider clock)
{
    public DateTimeOffset Now { get; } = clock.GetUtcNow();

    /// <exception cref="RuleBroken">404.</exception>
    public async Task<Organisation> OrganisationAsync(Guid id, CancellationToken ct) =>
        await db.Organisations.SingleOrDefaultAsync(o => o.Id == id, ct) ?? throw new RuleBroken("identity.organisation.unknown") { Status = 404 };

    /// <summary>The asker's own claim. One of somebody else does not exist.</summary>
    /// <exception cref="RuleBroken">404; 409 <c>identity.claim.decided</c>.</exception>
    public async Task<MandateClaim> OwnOpenAsync(Guid id, string? route, CancellationToken ct)
    {
        user.MustTakePart();
        var claim = await db.Claims.SingleOrDefaultAsync(c => c.Id == id && c.Person == user.Id, ct) ?? throw new RuleBroken("identity.claim.unknown") { Status = 404 };
        if (claim.State != ClaimState.Open) throw new RuleBroken("identity.claim.decided");
        if (route is not null && claim.Route != route) throw new RuleBroken("identity.claim.route.wrong");
        return claim;
    }

    /// <summary>Mandates that hold now. An expired one keeps its row until a successor needs the seat.</summary>
    public IQueryable<Mandate> Holding(Guid organisation) => db.Mandates.Holding(Now).Where(m => m.Organisation == organisation);

    /// <summary>Is there somebody who answers for it, and could confirm another?</summary>
    public Task<bool> LeadingAsync(Guid organisation, CancellationToken ct) => db.Leading(Now).AnyAsync(m => m.Organisation == organisation, ct);

    public Task<bool> IsHeadAsync(Guid organisation, CancellationToken ct) => db.Leading(Now).AnyAsync(m => m.Organisation == organisation && m.Person == user.Id, ct);

    /// <summary>The person may act for the organisation from now on. Call it before other changes: it saves where expired mandates still sit on seats.</summary>
    /// <param name="by">The official or head; the person's own id where a code was the proof.</param>
    /// <exception cref="RuleBroken">The organisation takes none now, or the person is one of the authority.</exception>
    public async Task<Mandate> GrantAsync(Organisation organisation, Guid person, string role, DateTimeOffset? until, string route, Guid by, CancellationToken ct)
    {
        organisation.MustTakeMandates();
        // Who runs rounds takes no part in them.
        if (await db.Roles.AnyAsync(r => r.Person == person, ct)) throw new RuleBroken("identity.mandate.authority");

        var active = await db.Mandates.Where(m => m.Organisation == organisation.Id && m.RevokedAt == null).ToListAsync(ct);
        if (active.Find(m => m.Person == person && m.HoldsAt(Now)) is { } already) return already;
        var over = active.Where(m => !m.HoldsAt(Now)).ToList();
        foreach (var expired in over) await RevokeAsync(expired, user.Id, ct, note: "until");
        if (over.Count > 0) await db.SaveChangesAsync(ct);
        active = [.. active.Except(over)];

        var mandate = new Mandate
        {
            Id = Guid.CreateVersion7(), Person = person, Organisation = organisation.Id, Seat = VerifyMandate.FreeSeat(active.Select(m => m.Seat)),
            Role = role, Until = until, Route = route, VerifiedAt = Now, VerifiedBy = by,
        };
        db.Add(mandate);
        if (organisation.Verify(Now) is { } verified)
        {
            db.Announce(verified);
            db.Record(user, Now, "organisation.verified", organisation.Id);
        }
        db.Announce(mandate.Verified());
        db.Record(user, Now, "mandate.verified", organisation.Id, person, note: role);
        return mandate;
    }

    /// <summary>Ends it, and the API tokens that its holder has made for the organisation; does not save.</summary>
    public async Task<bool> RevokeAsync(Mandate mandate, Guid by, CancellationToken ct, string? note = null)
    {
        if (!mandate.Revoke(by, Now)) return false;
        db.Announce(mandate.Revoked());
        await db.RevokeTokensAsync(mandate, by, Now, ct);
        db.Record(by, Now, "mandate.revoked", mandate.Organisation, mandate.Person, note: note);
        return true;
    }

    /// <summary>
    /// Opens a dispute if somebody else stands against this claim. Where nobody acts yet, another open claim is enough. Where somebody does, only a claim
    /// that is proved: otherwise anybody could silence any organisation by asking. And who was declined here before silences nobody with one more document.
    /// </summary>
    /// <returns>The organisation is in dispute.</returns>
    public async Task<bool> ContestAsync(MandateClaim claim, Organisation organisation, CancellationToken ct)
    {
        if (claim.Route == ClaimRoutes.Representative) return false;
        if (organisation.DisputedAt is not null) return true;
        var against = await Holding(organisation.Id).AnyAsync(m => m.Person != claim.Person, ct)
            ? claim.ProvedAt is not null && !(claim.Route == ClaimRoutes.Document && await db.Claims.AnyAsync(c => c.Organisation == claim.Organisation && c.Person == claim.Person && c.State == ClaimState.Declined && c.DecidedBy != null, ct))
            : await Independent(organisation.Id).AnyAsync(c => c.Person != claim.Person, ct);
        if (!against) return false;
        organisation.DisputedAt = Now;
        db.Add(new Dispute { Id = Guid.CreateVersion7(), Organisation = organisation.Id, Claim = claim.Id, OpenedAt = Now });
        db.Announce(organisation.Changed(Now));
        db.Record(user, Now, "dispute.opened", organisation.Id, claim.Person);
        return true;
    }

    /// <summary>The proof of this claim is in. A code proves by itself, if nobody stands against it; a document waits for an official.</summary>
    public async Task ProvedAsync(MandateClaim claim, CancellationToken ct)
    {
        var organisation = await OrganisationAsync(claim.Organisation, ct);
        if (organisation.LiquidatedAt is not null) throw new RuleBroken("identity.organisation.liquidated");
        claim.ProvedAt ??= Now;
        db.Record(user, Now, "claim.proved", claim.Organisation, claim.Person, note: claim.Route);
        if (!await ContestAsync(claim, organisation, ct) && claim.Route is ClaimRoutes.Domain or ClaimRoutes.Letter) await VerifyByCodeAsync(claim, organisation, ct);
        await db.SaveUniqueAsync("identity.mandate.raced", ct);
    }

    /// <summary>Somebody has gone, saved already: if nobody stands against anybody any more, the dispute is over, and a claim with a right code gets its mandate.</summary>
    public async Task SettleAsync(Guid id, CancellationToken ct)
    {
        var organisation = await OrganisationAsync(id, ct);
        if (organisation.DisputedAt is null || await db.Disputes.SingleOrDefaultAsync(d => d.Organisation == id && d.ResolvedAt == null, ct) is not { } dispute) return;
        var held = await Holding(id).AnyAsync(ct);
        var claims = await Independent(id).Where(c => !held || c.ProvedAt != null).ToListAsync(ct);
        if (claims.Count + (held ? 1 : 0) > 1) return;
        End(dispute, organisation, null);
        if (!held && claims is [{ ProvedAt: not null, Route: ClaimRoutes.Domain or ClaimRoutes.Letter } left]) await VerifyByCodeAsync(left, organisation, ct);
        await db.SaveUniqueAsync("identity.mandate.raced", ct);
    }

    public void End(Dispute dispute, Organisation organisation, string? reason)
    {
        (dispute.ResolvedAt, dispute.ResolvedBy, dispute.Reason) = (Now, user.Id, reason);
        organisation.DisputedAt = null;
        db.Announce(organisation.Changed(Now));
        db.Record(user, Now, "dispute.ended", organisation.Id, note: reason);
    }

    /// <param name="by">Null: it is over by itself.</param>
    public void Decide(MandateClaim claim, ClaimState state, Guid? by, string? reason)
    {
        (claim.State, claim.DecidedAt, claim.DecidedBy, claim.Reason) = (state, Now, by, reason);
        db.Record(by ?? Guid.Empty, Now, "claim." + state.ToString().ToLowerInvariant(), claim.Organisation, claim.Person, note: reason);
    }

    async Task VerifyByCodeAsync(MandateClaim claim, Organisation organisation, CancellationToken ct)
    {
        await GrantAsync(organisation, claim.Person, claim.Role, null, claim.Route, claim.Person, ct);
        Decide(claim, ClaimState.Verified, claim.Person, null);
    }

    IQueryable<MandateClaim> Independent(Guid organisation) => db.Claims.Where(c => c.Organisation == organisation && c.State == ClaimState.Open && c.Route != ClaimRoutes.Representative);

    /// <exception cref="RuleBroken">403: there is no such account, or it is shut.</exception>
    public static async Task<Person> AccountAsync(IdentityDb db, CurrentUser user, CancellationToken ct) =>
        await db.Users.SingleOrDefaultAsync(p => p.Id == user.Id, ct) is { IsShut: false } person ? person : throw new RuleBroken("denied.sign-in") { Status = 403 };
}
