using System.Buffers.Text;
using System.Security.Cryptography;
using Discovery.Contracts.Rounds;
using Discovery.Identity.Accounts;
using Discovery.Identity.Data;
using Discovery.Identity.Organisations;
using Discovery.Identity.People;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Subscriptions;

/// <summary>Somebody wants letters about the rounds of a region. It stands once the address is proved: by a code that goes there, or by being that of the account.</summary>
internal static class Subscribe
{
    public sealed class Form
    {
        public string? Email { get; set; }

        /// <summary>A region's slug; empty or <c>*</c>: every region.</summary>
        public string? Region { get; set; }

        /// <summary>To the text <c>identity.subscribe.consent</c>.</summary>
        public bool Agrees { get; set; }

        public string? Code { get; set; }
    }

    public sealed record Query : IRequest<Choice>;

    /// <param name="Address">That of the account, which needs no code; null where there is none.</param>
    /// <param name="OnlyDemonstration">Regions that letters come from only when they have a real round.</param>
    public sealed record Choice(IReadOnlyList<RegionName> Regions, string? Address, IReadOnlySet<string> OnlyDemonstration);

    /// <returns>The id of the code that is on its way; null: it stands.</returns>
    public sealed record Ask(Form Input) : IRequest<Guid?>;

    public sealed record Confirm(Guid Id, Form Input) : IRequest<bool>;

    /// <summary>Lies sealed beside the code.</summary>
    internal sealed record Wish(string Address, string Region, string Language, string Version, string Site);

    public sealed class Validator : AbstractValidator<Ask>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Email).IsAddress();
            RuleFor(c => c.Input.Agrees).Equal(true).WithMessage("identity.subscribe.agrees.missing");
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Keyed keyed, Codes codes, Links links, AllWords words, TimeProvider clock)
        : IRequestHandler<Query, Choice>, IRequestHandler<Ask, Guid?>, IRequestHandler<Confirm, bool>
    {
        public async Task<Choice> Handle(Query query, CancellationToken ct)
        {
            var rounds = await RoundsAsync(ct);
            var names = rounds.Select(r => r.Region).DistinctBy(r => r.Slug).Select(r => new RegionName(r.Slug, r.Name.Here())).OrderBy(r => r.Name, StringComparer.CurrentCulture);
            var live = rounds.Where(r => r.Origin == Origins.Live).Select(r => r.Region.Slug).ToHashSet();
            return new([new(Subscription.EveryRegion, words["identity.subscribe.region.all"]), .. names], (await MeAsync(ct))?.Email, rounds.Select(r => r.Region.Slug).Where(slug => !live.Contains(slug)).ToHashSet());
        }

        public async Task<Guid?> Handle(Ask command, CancellationToken ct)
        {
            var (address, slug) = (command.Input.Email!.Trim(), command.Input.Region is { Length: > 0 } chosen ? chosen : Subscription.EveryRegion);
            var region = slug == Subscription.EveryRegion ? words["identity.region.all"]
                : (await RoundsAsync(ct)).Find(r => r.Region.Slug == slug)?.Region.Name.Here() ?? throw new RuleBroken("identity.subscribe.region.unknown");
            var wish = new Wish(address, slug, Lang.Current, Subscription.ConsentVersion, links.To(""));
            if ((await MeAsync(ct))?.NormalizedEmail == Person.Normal(address))
            {
                await KeepAsync(wish, ct);
                return null;
            }
            // Subscribed already or not: the same work and the same words.
            return await codes.SendAsync(CodePurposes.Subscription, new(address, true, null, Lang.Current, "subscribe", region), wish, ct);
        }

        public async Task<bool> Handle(Confirm command, CancellationToken ct)
        {
            var (_, wish) = await codes.RedeemAsync<Wish>(CodePurposes.Subscription, command.Id, command.Input.Code, ct);
            await KeepAsync(wish, ct);
            return true;
        }

        async Task KeepAsync(Wish wish, CancellationToken ct)
        {
            var (address, now) = (keyed.OfAddress(wish.Address), clock.GetUtcNow());
            if (await db.Subscriptions.SingleOrDefaultAsync(s => s.Address == address && s.Region == wish.Region, ct) is { } known)
            {
                if (known.Version != wish.Version) (known.Version, known.At) = (wish.Version, now);
                known.Language = wish.Language;
            }
            else
            {
                var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
                db.Add(new Subscription
                {
                    Address = address, Region = wish.Region, Sealed = keyed.Seal("subscription", new Reader(wish.Address, token, wish.Site)), TokenHash = InviteColleague.HashOf(token),
                    Language = wish.Language, Version = wish.Version, At = now,
                });
            }
            try { await db.SaveUniqueAsync("identity.subscribed", ct); }
            catch (RuleBroken) { /* confirmed twice at the same moment: the other one stands */ }
        }

        /// <summary>The account with an address that it has proved to have and that takes letters.</summary>
        Task<Person?> MeAsync(CancellationToken ct) =>
            db.Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == user.Id && p.EmailConfirmed && p.BouncedAt == null && p.BlockedAt == null && p.ErasedAt == null, ct);

        // Of elections elsewhere that were replayed there is nothing to tell.
        async Task<List<Charter>> RoundsAsync(CancellationToken ct) =>
            (await db.Rounds.AsNoTracking().Where(r => r.CharterJson != null).OrderByDescending(r => r.Id).ToListAsync(ct)).Select(r => r.Charter).Where(c => c.Origin != Origins.Import).ToList();
    }
}
