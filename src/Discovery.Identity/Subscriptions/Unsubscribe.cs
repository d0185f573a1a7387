using Discovery.Identity.Accounts;
using Discovery.Identity.Data;
using Discovery.Identity.Organisations;
using Discovery.Identity.Secrets;
using Discovery.Site;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Subscriptions;

/// <summary>Ends a subscription by the secret of its letters and deletes the address. What has ended already, or never was, is ended in the same words.</summary>
internal static class Unsubscribe
{
    public sealed record Query(string Token) : IRequest<Row?>;

    /// <param name="Address">Only so much of it that its owner knows it.</param>
    /// <param name="Region">Slug, or <c>*</c>.</param>
    public sealed record Row(string Address, string Region, string RegionName);

    public sealed record Command(string Token) : IRequest<bool>;

    public sealed class Handler(IdentityDb db, Keyed keyed, AllWords words) : IRequestHandler<Query, Row?>, IRequestHandler<Command, bool>
    {
        public async Task<Row?> Handle(Query query, CancellationToken ct)
        {
            if (await Of(query.Token).AsNoTracking().SingleOrDefaultAsync(ct) is not { } found) return null;
            var name = found.Region == Subscription.EveryRegion ? words["identity.subscribe.region.all"]
                : (await db.Rounds.AsNoTracking().Where(r => r.CharterJson != null).ToListAsync(ct)).Find(r => r.Region.Slug == found.Region)?.Region.Name.Here() ?? found.Region;
            return new(Addresses.Masked(keyed.Open<Reader>("subscription", found.Sealed).Address), found.Region, name);
        }

        // Letters that are not sent yet go with it: the foreign key deletes them.
        public async Task<bool> Handle(Command command, CancellationToken ct) => await Of(command.Token).ExecuteDeleteAsync(ct) > 0;

        IQueryable<Subscription> Of(string token)
        {
            var hash = InviteColleague.HashOf(token);
            return db.Subscriptions.Where(s => s.TokenHash == hash);
        }
    }
}
