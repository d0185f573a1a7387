using System.Security.Cryptography;
using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>A code of ten characters goes to the organisation's address in the frame: by mail at once, by post when an official has printed the letter.</summary>
internal static class ProveByLetter
{
    public const int Tries = 5;
    static readonly TimeSpan Life = TimeSpan.FromDays(60);

    // Without letters and digits that look alike: 32 of them, 50 bits.
    const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>Mails the letter. For an address on paper it does nothing: officials see the claim in their queue.</summary>
    public sealed record Send(Guid Claim) : IRequest<bool>;

    /// <summary>An official prints the letter. The code is in this one answer and nowhere else; a letter printed before stays good.</summary>
    public sealed record Print(Guid Claim) : IRequest<Printed>;

    public sealed record Printed(string Organisation, string Address, string Person, string? Position, string Code, DateTimeOffset ExpiresAt);

    public sealed class Typed
    {
        public string? Code { get; set; }
    }

    public sealed record Redeem(Guid Claim, Typed Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder claims)
    {
        claims.MapPost("/{id:guid}/letter", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Send(id), ct);
            return TypedResults.NoContent();
        });
        claims.MapPost("/{id:guid}/letter/print", async (Guid id, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Print(id), ct)));
        claims.MapPost("/{id:guid}/letter/code", async (Guid id, Typed typed, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Redeem(id, typed), ct);
            return TypedResults.NoContent();
        });
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims, Keyed keyed, Letters letters, LetterSender sender, Throttle throttle)
        : IRequestHandler<Send, bool>, IRequestHandler<Print, Printed>, IRequestHandler<Redeem, bool>
    {
        public async Task<bool> Handle(Send command, CancellationToken ct)
        {
            var claim = await claims.OwnOpenAsync(command.Claim, ClaimRoutes.Letter, ct);
            var organisation = await claims.OrganisationAsync(claim.Organisation, ct);
            if (organisation.FrameAddress is not { } address) throw new RuleBroken("identity.claim.route.closed");
            if (!address.Contains('@')) return false;
            // Whoever likes to annoy a firm gets three letters a week out of all askers together.
            await throttle.CountAsync("identity.throttled.letters", organisation.Id.ToString(), 3, TimeSpan.FromDays(7), ct);
            letters.Write("mandate", address, null, Lang.Current, Life, Make(claim), organisation.Name.Here(), user.Name, claim.Position ?? "");
            db.Record(user, claims.Now, "letter.mailed", organisation.Id, claim.Person);
            await db.SaveChangesAsync(ct);
            sender.Wake();
            return true;
        }

        public async Task<Printed> Handle(Print command, CancellationToken ct)
        {
            user.MustKeepBooks();
            user.MustBePerson();
            var claim = await db.Claims.SingleOrDefaultAsync(c => c.Id == command.Claim && c.Route == ClaimRoutes.Letter, ct) ?? throw new RuleBroken("identity.claim.unknown") { Status = 404 };
            if (claim.State != ClaimState.Open) throw new RuleBroken("identity.claim.decided");
            var organisation = await claims.OrganisationAsync(claim.Organisation, ct);
            if (organisation.FrameAddress is not { } address) throw new RuleBroken("identity.claim.route.closed");
            var person = await db.Users.Where(p => p.Id == claim.Person).Select(p => p.DisplayName).SingleAsync(ct);
            var code = Make(claim);
            db.Record(user, claims.Now, "letter.printed", organisation.Id, claim.Person);
            await db.SaveChangesAsync(ct);
            return new(organisation.Name.Here(), address, person, claim.Position, code, claims.Now + Life);
        }

        public async Task<bool> Handle(Redeem command, CancellationToken ct)
        {
            var claim = await claims.OwnOpenAsync(command.Claim, ClaimRoutes.Letter, ct);
            // Counted by the database and before the code is looked at: a thousand at once count as a thousand.
            if (await db.Claims.Where(c => c.Id == claim.Id && c.State == ClaimState.Open && c.Tried < Tries).ExecuteUpdateAsync(s => s.SetProperty(c => c.Tried, c => c.Tried + 1), ct) == 0)
                throw new RuleBroken("identity.claim.decided");
            var hash = Hash(claim.Id, new string([.. (command.Input.Code ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Take(20)]));
            var letter = await db.LetterCodes.SingleOrDefaultAsync(l => l.Organisation == claim.Organisation && l.Hash == hash && l.UsedAt == null && l.ExpiresAt > claims.Now, ct);
            if (letter is null)
            {
                await db.Entry(claim).ReloadAsync(ct);
                if (claim.Tried < Tries) throw new RuleBroken("identity.letter.wrong", Tries - claim.Tried);
                claims.Decide(claim, ClaimState.Declined, null, null);
                await db.SaveUniqueAsync("identity.claim.decided", ct);
                await claims.SettleAsync(claim.Organisation, ct);
                throw new RuleBroken("identity.letter.over");
            }
            (letter.UsedAt, letter.UsedBy) = (claims.Now, user.Id);
            await claims.ProvedAsync(claim, ct);
            return claim.State == ClaimState.Verified;
        }

        string Make(MandateClaim claim)
        {
            var code = RandomNumberGenerator.GetString(Alphabet, 10);
            db.Add(new LetterCode { Id = Guid.CreateVersion7(), Organisation = claim.Organisation, Hash = Hash(claim.Id, code), CreatedAt = claims.Now, ExpiresAt = claims.Now + Life });
            return $"{code[..5]}-{code[5..]}";
        }

        // The letter names who has asked, and its code is good for that person's claim alone.
        byte[] Hash(Guid claim, string code) => keyed.Hash("letter-code", $"{claim:N} {code}");
    }
}
