using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.People;

/// <summary>
/// Many new accounts from one network within an hour: a class that signs up together, or somebody who makes puppets. Officials look;
/// nothing hangs on it by itself, because only verified organisations and verified members have a vote.
/// </summary>
internal static class FindBursts
{
    /// <summary>So many accounts within <see cref="Window"/> are a burst; those of the last <see cref="Looked"/> are looked at.</summary>
    public const int Many = 10;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1), Looked = TimeSpan.FromDays(30);

    public sealed record Query : IRequest<IReadOnlyList<Burst>>;

    /// <param name="Accounts">In the order in which they were made. The network itself is not kept, only a keyed hash of it.</param>
    public sealed record Burst(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Guid> Accounts);

    public static void Map(IEndpointRouteBuilder people) =>
        people.MapGet("/bursts", async (IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Query, IReadOnlyList<Burst>>
    {
        public Task<IReadOnlyList<Burst>> Handle(Query query, CancellationToken ct)
        {
            user.MustSeePeople();
            return db.BurstsAsync(clock.GetUtcNow(), ct);
        }
    }

    /// <summary>Latest first.</summary>
    public static async Task<IReadOnlyList<Burst>> BurstsAsync(this IdentityDb db, DateTimeOffset now, CancellationToken ct)
    {
        var since = now - Looked;
        var networks = db.Users.Where(p => p.Network != null && p.CreatedAt >= since && p.ErasedAt == null).GroupBy(p => p.Network).Where(g => g.Count() >= Many).Select(g => g.Key);
        var made = await db.Users.Where(p => networks.Contains(p.Network) && p.CreatedAt >= since && p.ErasedAt == null)
            .OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).Select(p => new { p.Id, p.Network, p.CreatedAt }).ToListAsync(ct);
        var bursts = new List<Burst>();
        foreach (var network in made.GroupBy(p => Convert.ToHexString(p.Network!)))
        {
            var (accounts, first) = (network.ToList(), 0);
            // Windows that overlap are one burst.
            (int From, int To)? open = null;
            for (var last = 0; last < accounts.Count; last++)
            {
                while (accounts[last].CreatedAt - accounts[first].CreatedAt > Window) first++;
                if (last - first + 1 < Many) continue;
                if (open is { } running && running.To >= first) open = (running.From, last);
                else
                {
                    Close();
                    open = (first, last);
                }
            }
            Close();

            void Close()
            {
                if (open is { } done) bursts.Add(new(accounts[done.From].CreatedAt, accounts[done.To].CreatedAt, [.. accounts.Skip(done.From).Take(done.To - done.From + 1).Select(a => a.Id)]));
            }
        }
        return [.. bursts.OrderByDescending(b => b.To)];
    }
}
