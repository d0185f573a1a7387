using System.Security.Cryptography;
using System.Text.Json;
using Discovery.Contracts.Identity;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Organisations;
using Discovery.Identity.People;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Platform.Mail;
using Discovery.Platform.Messaging;
using Discovery.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>
/// Takes a person out of this service in one transaction and tells the others. The row stays as a tombstone with nothing in it but its id;
/// public texts of organisations and counted ballots stay (rules 16, 18).
/// </summary>
internal sealed class Erasure(IdentityDb db, Keyed keyed, MailTransport mail, TimeProvider clock)
{
    /// <param name="me">As it was read; its address is needed once more.</param>
    /// <param name="by">The person; empty for the operator's command line.</param>
    /// <exception cref="RuleBroken">The last administrator, or something else happened to the account at the same moment.</exception>
    public async Task EraseAsync(Person me, Guid by, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.MustKeepAnAdministratorAsync(me.Id, ct);
        await EndTakingPartAsync(me.Id, now, ct);
        await DeleteAsync(me, now, ct);
        await BlankAsync(me.Id, now, ct);
        db.Announce(new AccountErased(me.Id, now));
        // Nothing that is opened in this very moment outlives the account either.
        db.Announce(new AccessRevoked(me.Id, now + Sessions.OfParticipants.Longest));
        db.Record(by, now, "account.erased", person: me.Id);
        try { await db.SaveChangesAsync(ct); }
        catch (DbUpdateConcurrencyException) { throw new RuleBroken("identity.erase.raced"); }
        await mail.ForgetAsync(me.Email!, ct);
        await transaction.CommitAsync(ct);
    }

    async Task EndTakingPartAsync(Guid person, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var mandate in await db.Mandates.Where(m => m.Person == person && m.RevokedAt == null).ToListAsync(ct))
            if (mandate.Revoke(person, now)) db.Announce(mandate.Revoked());
        foreach (var member in await db.Members.Where(m => m.Person == person && m.LeftAt == null).ToListAsync(ct))
        {
            (member.LeftAt, member.Sequence) = (now, member.Sequence + 1);
            db.Announce(member.Left());
        }
        await db.Claims.Where(c => c.Person == person && c.State == ClaimState.Open)
            .ExecuteUpdateAsync(s => s.SetProperty(c => c.State, ClaimState.Withdrawn).SetProperty(c => c.DecidedAt, now), ct);
    }

    async Task DeleteAsync(Person me, DateTimeOffset now, CancellationToken ct)
    {
        var (id, address) = (me.Id, keyed.OfAddress(me.Email!));
        await db.Evidence.Where(e => db.Claims.Any(c => c.Id == e.Claim && c.Person == id)).ExecuteDeleteAsync(ct);
        await db.Sessions.Where(s => s.Person == id).ExecuteDeleteAsync(ct);
        await db.Codes.Where(c => c.Person == id).ExecuteDeleteAsync(ct);
        await db.Letters.Where(l => l.Person == id).ExecuteDeleteAsync(ct);
        await db.UserPasskeys.Where(p => p.UserId == id).ExecuteDeleteAsync(ct);
        await db.UserLogins.Where(l => l.UserId == id).ExecuteDeleteAsync(ct);
        await db.UserTokens.Where(t => t.UserId == id).ExecuteDeleteAsync(ct);
        await db.UserClaims.Where(c => c.UserId == id).ExecuteDeleteAsync(ct);
        await db.ApiTokens.Where(t => t.Person == id).ExecuteDeleteAsync(ct);
        await db.Consents.Where(c => c.Person == id).ExecuteDeleteAsync(ct);
        await db.MemberRequests.Where(r => r.Person == id).ExecuteDeleteAsync(ct);
        await db.ListedMembers.Where(m => m.Address == address).ExecuteDeleteAsync(ct);
        await db.Subscriptions.Where(s => s.Address == address).ExecuteDeleteAsync(ct);
        if (!await db.Suppressed.AnyAsync(s => s.Address == address, ct)) db.Add(new Suppressed { Address = address, At = now });
    }

    async Task BlankAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await db.Claims.Where(c => c.Person == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.Position, (string?)null).SetProperty(c => c.Reason, (string?)null), ct);
        // The reason of a dispute names both sides.
        var organisations = db.Claims.Where(c => c.Person == id).Select(c => c.Organisation).Concat(db.Mandates.Where(m => m.Person == id).Select(m => m.Organisation));
        await db.Disputes.Where(d => organisations.Contains(d.Organisation)).ExecuteUpdateAsync(s => s.SetProperty(d => d.Reason, (string?)null), ct);
        await db.Audit.Where(a => a.Note != null && a.Kind == "dispute.ended" && organisations.Contains(a.Organisation!.Value)).ExecuteUpdateAsync(s => s.SetProperty(a => a.Note, (string?)null), ct);
        // What an official wrote about others belongs to the authority and stays; what a participant wrote goes.
        var official = await db.Roles.Where(r => r.Person == id).ExecuteDeleteAsync(ct) > 0;
        await db.Audit.Where(a => a.Note != null && (a.Person == id || (!official && a.Actor == id))).ExecuteUpdateAsync(s => s.SetProperty(a => a.Note, (string?)null), ct);
        await ForgetInvitationsAsync(id, now, ct);
        var erased = await db.Users.Where(p => p.Id == id && p.ErasedAt == null).ExecuteUpdateAsync(s => s
            .SetProperty(p => p.ErasedAt, now).SetProperty(p => p.DisplayName, "").SetProperty(p => p.Language, "").SetProperty(p => p.CreatedAt, now)
            .SetProperty(p => p.Email, (string?)null).SetProperty(p => p.NormalizedEmail, (string?)null).SetProperty(p => p.EmailConfirmed, false)
            .SetProperty(p => p.UserName, (string?)null).SetProperty(p => p.NormalizedUserName, (string?)null)
            .SetProperty(p => p.PasswordHash, (string?)null).SetProperty(p => p.HasOneTimePassword, false).SetProperty(p => p.SecurityStamp, (string?)null)
            .SetProperty(p => p.PhoneNumber, (string?)null).SetProperty(p => p.PhoneNumberConfirmed, false).SetProperty(p => p.TwoFactorEnabled, false)
            .SetProperty(p => p.LockoutEnd, (DateTimeOffset?)null).SetProperty(p => p.AccessFailedCount, 0)
            .SetProperty(p => p.Network, (byte[]?)null).SetProperty(p => p.BlockedAt, (DateTimeOffset?)null).SetProperty(p => p.BouncedAt, (DateTimeOffset?)null), ct);
        if (erased == 0) throw new RuleBroken("identity.erase.raced");
    }

    // Those that the person has sent open nothing any more; of those that the person has got, the address goes.
    async Task ForgetInvitationsAsync(Guid id, DateTimeOffset now, CancellationToken ct)
    {
        var address = await db.Users.Where(p => p.Id == id).Select(p => p.NormalizedEmail).SingleAsync(ct);
        foreach (var invitation in await db.Invitations.Where(i => i.Address != null).ToListAsync(ct))
        {
            if (invitation.InvitedBy != id && invitation.AcceptedBy != id && !IsTo(invitation, address!)) continue;
            invitation.Address = null;
            if (invitation.AcceptedAt is null) invitation.RevokedAt ??= now;
        }
    }

    bool IsTo(Invitation invitation, string address)
    {
        try
        {
            return keyed.Open<JsonElement>("invitation", invitation.Address!) is { ValueKind: JsonValueKind.Object } content
                && content.EnumerateObject().Any(p => p.Value.ValueKind == JsonValueKind.String && Person.Normal(p.Value.GetString()!) == address);
        }
        catch (CryptographicException) { return false; }     // sealed under keys that are gone: nobody reads it any more
    }
}
