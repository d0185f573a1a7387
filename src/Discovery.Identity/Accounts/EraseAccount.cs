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
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>
/// A person erases the own account, with a code from the own mailbox. The row stays as a tombstone with nothing in it but its id;
/// public texts of organisations and counted ballots stay (rules 16, 18). There is no way back, and none to do it for somebody else.
/// </summary>
internal static class EraseAccount
{
    public sealed class Form
    {
        /// <summary>What <c>POST /api/identity/me/erasure/code</c> answered.</summary>
        public Guid? Id { get; set; }

        /// <summary>The six digits of the letter.</summary>
        public string? Code { get; set; }
    }

    public sealed record AskCode : IRequest<Asked>;

    public sealed record Asked(Guid Id);

    public sealed record Command(Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder me)
    {
        me.MapPost("/erasure/code", async (IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new AskCode(), ct)));
        me.MapPost("/erasure", async (Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(form), ct);
            return TypedResults.NoContent();
        });
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Code).NotEmpty().WithMessage("identity.erase.code.missing");
            RuleFor(c => c.Input.Id).NotEmpty().WithMessage("identity.code.over");
        }
    }

    public sealed class CodeHandler(IdentityDb db, CurrentUser user, Codes codes) : IRequestHandler<AskCode, Asked>
    {
        public async Task<Asked> Handle(AskCode command, CancellationToken ct)
        {
            var me = await db.OneWhoMayEraseAsync(user, ct);
            if (me.BouncedAt is not null) throw new RuleBroken("identity.erase.bounced");
            return new(await codes.SendAsync(CodePurposes.Erase, new(me.Email!, true, me.Id, Lang.Current, "erase"), me.Id, ct));
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Codes codes, Keyed keyed, MailTransport mail, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var me = await db.OneWhoMayEraseAsync(user, ct);
            var (_, whose) = await codes.RedeemAsync<Guid>(CodePurposes.Erase, command.Input.Id!.Value, command.Input.Code, ct);
            if (whose != me.Id) throw new RuleBroken("identity.code.over");

            var now = clock.GetUtcNow();
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.MustKeepAnAdministratorAsync(me.Id, ct);
            await EndTakingPartAsync(me.Id, now, ct);
            await DeleteAsync(me, now, ct);
            await BlankAsync(me.Id, now, ct);
            db.Announce(new AccountErased(me.Id, now));
            // Nothing that is opened in this very moment outlives the account either.
            db.Announce(new AccessRevoked(me.Id, now + Sessions.OfParticipants.Longest));
            db.Record(me.Id, now, "account.erased", person: me.Id);
            try { await db.SaveChangesAsync(ct); }
            catch (DbUpdateConcurrencyException) { throw new RuleBroken("identity.erase.raced"); }
            await mail.ForgetAsync(me.Email!, ct);
            await transaction.CommitAsync(ct);
            return true;
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
            if (!await db.Suppressed.AnyAsync(s => s.Address == address, ct)) db.Add(new Suppressed { Address = address, At = now });
        }

        async Task BlankAsync(Guid id, DateTimeOffset now, CancellationToken ct)
        {
            await db.Claims.Where(c => c.Person == id).ExecuteUpdateAsync(s => s.SetProperty(c => c.Position, (string?)null).SetProperty(c => c.Reason, (string?)null), ct);
            await db.Disputes.Where(d => db.Claims.Any(c => c.Id == d.Claim && c.Person == id)).ExecuteUpdateAsync(s => s.SetProperty(d => d.Reason, (string?)null), ct);
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

    /// <summary>The person who asks, if the account is one that its owner may erase.</summary>
    static async Task<Person> OneWhoMayEraseAsync(this IdentityDb db, CurrentUser user, CancellationToken ct)
    {
        var me = await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == user.Id && p.ErasedAt == null, ct);
        if (me is null || user.IsMachine) throw new RuleBroken("denied.sign-in") { Status = 403 };
        if (await db.DemonstrationAccounts.AnyAsync(a => a.Person == me.Id, ct)) throw new RuleBroken("identity.erase.demonstration");
        if (await db.IsLastAdministratorAsync(me.Id, ct)) throw new RuleBroken("identity.administrator.last");
        return me;
    }
}
