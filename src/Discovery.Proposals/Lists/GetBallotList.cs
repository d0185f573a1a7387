using System.Text.Json;
using Discovery.Contracts.Proposals;
using Discovery.Platform;
using Discovery.Platform.Records;
using Discovery.Proposals.Data;
using Discovery.Proposals.Merges;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Lists;

/// <summary>The ballot list: what it would be now, who has asked for it, and the exact text once it is frozen.</summary>
internal static class GetBallotList
{
    public sealed record Query(string Round, CurrentUser User) : IRequest<View>;

    /// <param name="State">open, asked or frozen.</param>
    /// <param name="List">The exact text that is hashed; null until the freeze.</param>
    /// <param name="Proposals">The same as data; before the freeze what would be frozen now.</param>
    /// <param name="Waiting">Submitted and not decided: what is not published before the freeze stays off the list. Only officials see it.</param>
    /// <param name="Reserved">Numbers of those that stand on a place kept for the emerging track.</param>
    /// <param name="OpenMerges">Merges whose authors are still asked; with <paramref name="UndoableMerges"/>, which may still be undone, they stand in the way.</param>
    public sealed record View(
        string State, int Count, string? ListHash, DateTimeOffset? AskedAt, string? AskedBy, bool AskedByMe, DateTimeOffset? FrozenAt,
        IReadOnlyList<ListedProposal> Proposals, string? List, bool MayFreeze, bool IsTime, int? Waiting, string? Obstacle, IReadOnlyList<Register.Entry> Register, IReadOnlyList<LeftOut> LeftOut,
        int OpenMerges, int UndoableMerges, IReadOnlyList<int> Reserved);

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapGet("/ballot-list", async (string round, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, user), ct)));

        // The hashed bytes themselves: `curl … | sha256sum` is the whole check.
        round.MapGet("/ballot-list/text", async Task<Results<ContentHttpResult, NotFound>> (string round, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            (await mediator.Send(new Query(round, user), ct)).List is { } text ? TypedResults.Text(text, "application/json") : TypedResults.NotFound());
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var runs = query.User.MayRun(round.Region.Slug, round.Charter.Origin);
            var docket = await db.Dockets.AsNoTracking().SingleOrDefaultAsync(d => d.Round == round.Id, ct);
            var frozen = await db.Lists.AsNoTracking().SingleOrDefaultAsync(l => l.Round == round.Id, ct);
            var acts = await db.RegisterAsync(round.Id, ct);
            var asked = docket?.FreezeAskedBy is { } by ? await db.People.Where(p => p.Id == by).Select(p => p.Name).SingleOrDefaultAsync(ct) : null;

            string? obstacle = null;
            var list = new ComposedList("[]", "", 0, [], []);
            if (frozen is not null) list = new(frozen.List, frozen.ListHash, frozen.Count, JsonSerializer.Deserialize<List<LeftOut>>(frozen.LeftOut, JsonSerializerOptions.Web)!, await db.ReservedAsync(round.Id, ct));
            else
                try { list = await db.ComposeListAsync(round, ct); }
                catch (RuleBroken rule) { obstacle = rule.Code; }

            var (open, undoable) = frozen is null ? await db.UnsettledAsync(round.Id, clock.GetUtcNow(), ct) : (0, 0);
            return new(
                frozen is not null ? "frozen" : docket?.FreezeAskedBy is not null ? "asked" : "open", list.Count, list.Hash.Length > 0 ? list.Hash : null,
                docket?.FreezeAskedAt, asked, query.User.IsSignedIn && docket?.FreezeAskedBy == query.User.Id, frozen?.FrozenAt,
                JsonSerializer.Deserialize<List<ListedProposal>>(list.Json, JsonSerializerOptions.Web)!, frozen?.List, runs, FreezeBallotList.IsTime(round),
                runs ? await db.Proposals.CountAsync(p => p.Round == round.Id && p.PublishedAt == null && p.ReturnedAt == null && p.HiddenAt == null && p.MergedInto == null && p.WithdrawnAt == null, ct) : null, obstacle, acts, list.LeftOut, open, undoable, list.Reserved);
        }
    }

    // The register of each proposal says by which place it came onto the list, and cannot be changed: nothing else needs to keep it.
    static Task<List<int>> ReservedAsync(this ProposalsDb db, Guid round, CancellationToken ct) =>
        db.Proposals.Where(p => p.Round == round && db.Set<RecordEntry>().Any(e => e.Record == p.Id && e.What == Register.Reserved)).Select(p => p.Number).ToListAsync(ct);
}
