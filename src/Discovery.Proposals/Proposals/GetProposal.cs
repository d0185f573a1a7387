using System.Text.Json;
using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Endorsements;
using Discovery.Proposals.Lists;
using Discovery.Proposals.Participants;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

internal static class GetProposal
{
    public sealed record Query(string Round, int Number, CurrentUser User) : IRequest<View>;

    /// <param name="State">waiting, returned or published.</param>
    /// <param name="Author">Name of the person who has submitted it; null where the account is erased or there never was one.</param>
    /// <param name="IsOwn">Whether the asker may act for the author.</param>
    /// <param name="MayEndorse">It is the time for it, and the asker has an organisation that may.</param>
    /// <param name="Mine">The asker's organisations that are not behind the proposal.</param>
    /// <param name="LeftOut">Why it is not on the frozen ballot list.</param>
    public sealed record View(
        Guid Id, int Number, string State, Content Content, OrganisationCard? Organisation, IReadOnlyList<OrganisationCard> CoAuthors, string? Author,
        DateTimeOffset SubmittedAt, DateTimeOffset? PublishedAt, DateTimeOffset? ReturnedAt, string? ReturnReason,
        int? Seat, int? Rank, bool IsListed, bool IsOwn, int Version, IReadOnlyList<ActView> Acts, Support Support, bool MayEndorse, IReadOnlyList<OrganisationCard> Mine, LeftOut? LeftOut,
        Strength Strength, IReadOnlyList<Guid> Verified, IReadOnlyList<File> Files);

    public sealed record File(Guid Id, string Name, int Size);

    /// <param name="By">Null for one of the installation's tools; empty for an erased account.</param>
    public sealed record ActView(string What, DateTimeOffset At, string? By, string? Reason);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/{number:int}", async (string round, int number, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, number, user), ct)));

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var own = await db.ActsForAsync(query.User, clock.GetUtcNow(), ct);
            var proposal = await db.Proposals.AsNoTracking().SingleOrDefaultAsync(p => p.Round == round.Id && p.Number == query.Number, ct);
            if (proposal is null || !proposal.IsVisibleTo(query.User, round.Region.Slug, own)) throw new RuleBroken("proposals.unknown") { Status = 404 };

            List<Guid> ids = [.. proposal.CoAuthors];
            if (proposal.Organisation is { } author) ids.Add(author);
            var organisations = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, OrganisationCard.Of, ct);
            var frozen = await db.Lists.AsNoTracking().SingleOrDefaultAsync(l => l.Round == round.Id, ct);
            var leftOut = frozen is null ? null : JsonSerializer.Deserialize<List<LeftOut>>(frozen.LeftOut, JsonSerializerOptions.Web)!.Find(l => l.Number == proposal.Number);
            var support = (await db.SupportAsync(round, [proposal.Id], ct)).GetValueOrDefault(proposal.Id) ?? Support.None;
            var mine = query.User.IsOfAuthority ? [] : (await db.Organisations.AsNoTracking().Where(o => own.Contains(o.Id) && !ids.Contains(o.Id)).ToListAsync(ct)).FindAll(o => round.Charter.Groups.Any(g => g.Kinds.Contains(o.Kind)));
            return new(
                proposal.Id, proposal.Number, proposal.PublishedAt is not null ? "published" : proposal.ReturnedAt is not null ? "returned" : "waiting",
                proposal.Content, proposal.Organisation is { } o ? Card(o) : null, proposal.CoAuthors.ConvertAll(Card),
                await db.People.Where(p => p.Id == proposal.AuthorPerson && p.ErasedAt == null).Select(p => p.Name).SingleOrDefaultAsync(ct),
                proposal.SubmittedAt, proposal.PublishedAt, proposal.ReturnedAt, proposal.ReturnReason, proposal.Seat, proposal.Rank,
                frozen is not null && leftOut is null && proposal.PublishedAt is not null, proposal.IsOwnOf(query.User, own), proposal.Version,
                await db.ActsOnAsync(round.Id, proposal.Id, ct), support,
                proposal.PublishedAt is not null && frozen is null && mine.Count > 0 && EndorseProposal.IsTime(round), mine.ConvertAll(OrganisationCard.Of), leftOut,
                Strength.Of(proposal.Content, proposal.Verified), proposal.Verified, await db.Attachments.Where(a => a.Proposal == proposal.Id).Select(a => new File(a.Id, a.Name, a.Size)).ToListAsync(ct));

            OrganisationCard Card(Guid id) => organisations.GetValueOrDefault(id) ?? new(id, [], "", null);
        }
    }

    /// <summary>What officials did, oldest first: to one proposal, or to the list as a whole.</summary>
    public static async Task<IReadOnlyList<ActView>> ActsOnAsync(this ProposalsDb db, Guid round, Guid? proposal, CancellationToken ct) =>
        await (from act in db.Acts
               where act.Round == round && act.Proposal == proposal
               join person in db.People on act.Person equals person.Id into people
               from person in people.DefaultIfEmpty()
               orderby act.At, act.Id
               select new ActView(act.What, act.At, person!.Name, act.Reason)).ToListAsync(ct);
}
