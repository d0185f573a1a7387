using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>All that this service holds of the person who asks, as a zip. Of secrets (passwords, tokens, codes) it says that they are there, and nothing else.</summary>
internal static class ExportMyData
{
    public sealed record Query : IRequest<OwnData>;

    sealed record Profile(Guid Id, string DisplayName, string Email, string Language, DateTimeOffset CreatedAt, DateTimeOffset? BlockedAt, DateTimeOffset? BouncedAt, bool HasPassword, bool HasSecondFactor);
    sealed record Role(string Name, DateTimeOffset GrantedAt);
    sealed record Passkey(string? Name, DateTimeOffset CreatedAt);
    sealed record ExternalSignIn(string Provider, string? Name);
    sealed record Session(DateTimeOffset StartedAt, DateTimeOffset Until, string Device, string Method, bool HasSecondFactor, DateTimeOffset? EndedAt);
    sealed record MandateRow(Guid Organisation, Text Name, int Seat, string Role, string Route, DateTimeOffset VerifiedAt, DateTimeOffset? Until, DateTimeOffset? RevokedAt);
    sealed record Claim(Guid Id, Guid Organisation, Text Name, string Route, string Role, string? Position, DateTimeOffset AskedAt, DateTimeOffset? ProvedAt, string State, DateTimeOffset? DecidedAt, string? Reason);
    sealed record Document(Guid Claim, string FileName, string ContentType, int Size, DateTimeOffset UploadedAt, string File);
    sealed record Membership(Guid Community, Text Name, string Route, DateTimeOffset VerifiedAt, DateTimeOffset? LeftAt);
    sealed record Request(Guid Community, Text Name, DateTimeOffset AskedAt);
    sealed record Registered(Guid Organisation, Text Name, DateTimeOffset RegisteredAt);
    sealed record Invited(Guid Organisation, Text Name, string Role, DateTimeOffset ExpiresAt, DateTimeOffset? AcceptedAt, DateTimeOffset? RevokedAt);
    sealed record Agreed(string Document, string Version, string Language, DateTimeOffset At);
    sealed record Subscribed(string Region, string Language, string Version, DateTimeOffset At);
    sealed record Token(Guid Id, string Name, Guid? Organisation, string Scopes, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? RevokedAt);
    sealed record Entry(DateTimeOffset At, string Kind, bool ByMe, bool AboutMe, Guid? Organisation, string? Region, string? Note);

    public static void Map(IEndpointRouteBuilder me) =>
        me.MapGet("/export", async (IMediator mediator, HttpContext http, TimeProvider clock, CancellationToken ct) => (await mediator.Send(new Query(), ct)).ToResult(http, clock.GetUtcNow()));

    public sealed class Handler(IdentityDb db, CurrentUser user, Keyed keyed) : IRequestHandler<Query, OwnData>
    {
        public async Task<OwnData> Handle(Query query, CancellationToken ct)
        {
            var me = await db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == user.Id && p.ErasedAt == null, ct);
            if (me is null || user.IsMachine) throw new RuleBroken("denied.sign-in") { Status = 403 };
            var (id, address) = (me.Id, keyed.OfAddress(me.Email!));
            var data = new OwnData("identity")
                .Add("profile", [new Profile(id, me.DisplayName, me.Email!, me.Language, me.CreatedAt, me.BlockedAt, me.BouncedAt, me.PasswordHash is not null, me.TwoFactorEnabled)])
                .Add("roles", await db.Roles.Where(r => r.Person == id).OrderBy(r => r.Name).Select(r => new Role(r.Name, r.GrantedAt)).ToListAsync(ct))
                .Add("passkeys", (await db.UserPasskeys.AsNoTracking().Where(p => p.UserId == id).ToListAsync(ct)).ConvertAll(p => new Passkey(p.Data.Name, p.Data.CreatedAt)))
                .Add("externalSignIns", await db.UserLogins.Where(l => l.UserId == id).Select(l => new ExternalSignIn(l.LoginProvider, l.ProviderDisplayName)).ToListAsync(ct))
                .Add("sessions", await db.Sessions.Where(s => s.Person == id).OrderBy(s => s.StartedAt)
                    .Select(s => new Session(s.StartedAt, s.Until, s.Device, s.Method, s.HasSecondFactor, s.EndedAt)).ToListAsync(ct))
                .Add("mandates", await db.Mandates.Where(m => m.Person == id).Join(db.Organisations, m => m.Organisation, o => o.Id, (m, o) => new { m, o }).OrderBy(x => x.m.VerifiedAt)
                    .Select(x => new MandateRow(x.o.Id, x.o.Name, x.m.Seat, x.m.Role, x.m.Route, x.m.VerifiedAt, x.m.Until, x.m.RevokedAt)).ToListAsync(ct))
                .Add("claims", (await db.Claims.AsNoTracking().Where(c => c.Person == id).Join(db.Organisations, c => c.Organisation, o => o.Id, (c, o) => new { c, o.Name }).OrderBy(x => x.c.AskedAt).ToListAsync(ct))
                    .ConvertAll(x => new Claim(x.c.Id, x.c.Organisation, x.Name, x.c.Route, x.c.Role, x.c.Position, x.c.AskedAt, x.c.ProvedAt, x.c.State.ToString().ToLowerInvariant(), x.c.DecidedAt, x.c.Reason)))
                .Add("memberships", await db.Members.Where(m => m.Person == id).Join(db.Organisations, m => m.Community, o => o.Id, (m, o) => new { m, o }).OrderBy(x => x.m.VerifiedAt)
                    .Select(x => new Membership(x.o.Id, x.o.Name, x.m.Route, x.m.VerifiedAt, x.m.LeftAt)).ToListAsync(ct))
                .Add("membershipRequests", await db.MemberRequests.Where(r => r.Person == id).Join(db.Organisations, r => r.Community, o => o.Id, (r, o) => new Request(o.Id, o.Name, r.AskedAt)).ToListAsync(ct))
                .Add("organisationsRegistered", await db.Organisations.Where(o => o.RegisteredBy == id).OrderBy(o => o.RegisteredAt).Select(o => new Registered(o.Id, o.Name, o.RegisteredAt)).ToListAsync(ct))
                .Add("invitationsSent", await db.Invitations.Where(i => i.InvitedBy == id).Join(db.Organisations, i => i.Organisation, o => o.Id, (i, o) => new { i, o }).OrderBy(x => x.i.ExpiresAt)
                    .Select(x => new Invited(x.o.Id, x.o.Name, x.i.Role, x.i.ExpiresAt, x.i.AcceptedAt, x.i.RevokedAt)).ToListAsync(ct))
                .Add("consents", await db.Consents.Where(c => c.Person == id).OrderBy(c => c.At).Select(c => new Agreed(c.Document, c.Version, c.Language, c.At)).ToListAsync(ct))
                .Add("subscriptions", await db.Subscriptions.Where(s => s.Address == address).OrderBy(s => s.At).Select(s => new Subscribed(s.Region, s.Language, s.Version, s.At)).ToListAsync(ct))
                .Add("tokens", await db.ApiTokens.Where(t => t.Person == id).OrderBy(t => t.CreatedAt)
                    .Select(t => new Token(t.Id, t.Name, t.Organisation, t.Scopes, t.CreatedAt, t.ExpiresAt, t.RevokedAt)).ToListAsync(ct))
                .Add("trail", await db.Audit.Where(a => a.Actor == id || a.Person == id).OrderBy(a => a.At).ThenBy(a => a.Id)
                    .Select(a => new Entry(a.At, a.Kind, a.Actor == id, a.Person == id, a.Organisation, a.Region, a.Note)).ToListAsync(ct));
            return await AddDocumentsAsync(data, id, ct);
        }

        async Task<OwnData> AddDocumentsAsync(OwnData data, Guid person, CancellationToken ct)
        {
            var own = await db.Evidence.AsNoTracking().Where(e => db.Claims.Any(c => c.Id == e.Claim && c.Person == person)).OrderBy(e => e.UploadedAt).ToListAsync(ct);
            foreach (var document in own) data.AddFile(NameOf(document), keyed.OpenBytes("evidence", document.Sealed));
            return data.Add("documents", own.ConvertAll(e => new Document(e.Claim, e.FileName, e.ContentType, e.Size, e.UploadedAt, NameOf(e))));
        }

        // Its own name is what somebody typed, and no path.
        static string NameOf(Organisations.Evidence document) =>
            $"documents/{document.Id:N}.{document.ContentType switch { "application/pdf" => "pdf", "image/png" => "png", "image/jpeg" => "jpg", _ => "bin" }}";
    }
}
