using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Discovery.Contracts.Identity;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Organisations;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.Web;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>
/// Who answers for an organisation makes a token for its program, an administrator one for an operator's system. It is sealed like a session and opaque to its holder;
/// it is in this one answer, and only its hash is kept.
/// </summary>
internal static class MakeToken
{
    /// <summary>That still open something, of one person.</summary>
    public const int MostOfPerson = 20;

    public sealed class Form
    {
        public string? Name { get; set; }

        /// <summary>For which the program works; null: for an operator's system.</summary>
        public Guid? Organisation { get; set; }

        /// <summary><see cref="Platform.Web.Scopes"/>: <c>region/proposals:read</c>.</summary>
        public List<string> Scopes { get; set; } = [];

        /// <summary>The last day, at most a year from now.</summary>
        public DateOnly? ExpiresOn { get; set; }
    }

    public sealed record Command(Form Input) : IRequest<Made>;

    public sealed record Made(Guid Id, string Token, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder tokens) =>
        tokens.MapPost("", async (Form form, HttpContext http, IMediator mediator, CancellationToken ct) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            return TypedResults.Ok(await mediator.Send(new Command(form), ct));
        });

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider clock)
        {
            RuleFor(c => c.Input.Name).Must(n => Names.Clean(n).Length is > 0 and <= 100).WithMessage("identity.token.name.missing");
            RuleFor(c => c.Input.Scopes).Must(s => s is { Count: > 0 and <= 50 } && s.All(Platform.Web.Scopes.IsScope)).WithMessage("identity.token.scopes.missing");
            RuleFor(c => c.Input.ExpiresOn).Must(day => day is { } d && d >= Today(clock) && d <= Today(clock).AddYears(1)).WithMessage("identity.token.expires.wrong");
        }

        static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, IServiceProvider services, TimeProvider clock) : IRequestHandler<Command, Made>
    {
        public async Task<Made> Handle(Command command, CancellationToken ct)
        {
            var (now, input) = (clock.GetUtcNow(), command.Input);
            var scopes = input.Scopes.Distinct().Order(StringComparer.Ordinal).ToList();
            var expires = new DateTimeOffset(input.ExpiresOn!.Value.AddDays(1), default, TimeSpan.Zero);
            if (input.Organisation is { } organisation)
            {
                if (!await db.HeadedBy(user.Id, now).AnyAsync(o => o.Id == organisation, ct)) throw new RuleBroken("identity.organisation.unknown") { Status = 404 };
                // It does not outlive the mandate that it rests on.
                var until = await db.Mandates.Holding(now).Where(m => m.Person == user.Id && m.Organisation == organisation).Select(m => m.Until).SingleAsync(ct);
                if (until < expires) expires = until.Value;
            }
            else
            {
                foreach (var region in scopes.Select(s => s.Split('/')[0]).Distinct()) user.Must(Roles.Administrator, region);
            }
            var regions = await db.Rounds.AsNoTracking().Where(r => r.CharterJson != null).ToListAsync(ct);
            var known = regions.Select(r => r.Region.Slug).Append(Scopes.EveryRegion).ToHashSet();
            if (scopes.Find(s => !known.Contains(s.Split('/')[0])) is { } stray) throw new RuleBroken("identity.token.region", stray.Split('/')[0]) { Status = 400 };
            if (await db.ApiTokens.CountAsync(t => t.Person == user.Id && t.RevokedAt == null && t.ExpiresAt > now, ct) >= MostOfPerson) throw new RuleBroken("identity.token.many", MostOfPerson);

            var id = Guid.CreateVersion7();
            var token = Sessions.TokenUntil(services, expires,
            [
                new(ClaimTypes.NameIdentifier, user.Id.ToString()), new(ClaimTypes.Name, user.Name), new(Sessions.SessionId, id.ToString()), new(Sessions.Machine, "1"),
                new(Sessions.Until, expires.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture)),
                .. input.Organisation is { } of ? new[] { new Claim(Sessions.ActsFor, of.ToString()) } : [],
                .. scopes.Select(s => new Claim(Sessions.Scope, s)),
            ]);
            db.Add(new ApiToken
            {
                Id = id, Person = user.Id, Organisation = input.Organisation, Name = Names.Clean(input.Name), Scopes = string.Join(' ', scopes),
                Hash = SHA256.HashData(Encoding.UTF8.GetBytes(token)), CreatedAt = now, ExpiresAt = expires,
            });
            db.Record(user, now, "token.made", input.Organisation, user.Id, note: string.Join(' ', scopes));
            await db.SaveChangesAsync(ct);
            return new(id, token, expires);
        }
    }

    /// <summary>Ends tokens in every process within seconds. It does not save.</summary>
    public static void Revoke(this IdentityDb db, ApiToken token, Guid by, DateTimeOffset now)
    {
        if (token.RevokedAt is not null) return;
        token.RevokedAt = now;
        db.Announce(new AccessRevoked(token.Person, now, token.Id));
        db.Record(by, now, "token.revoked", token.Organisation, token.Person);
    }

    /// <summary>With the mandate go the tokens that rest on it. It does not save.</summary>
    public static async Task RevokeTokensAsync(this IdentityDb db, Mandate mandate, Guid by, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var token in await db.ApiTokens.Where(t => t.Person == mandate.Person && t.Organisation == mandate.Organisation && t.RevokedAt == null).ToListAsync(ct)) db.Revoke(token, by, now);
    }
}
