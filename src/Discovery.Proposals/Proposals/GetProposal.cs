using System.Text.Json;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Proposals.Amendments;
using Discovery.Proposals.CoAuthors;
using Discovery.Proposals.Data;
using Discovery.Proposals.Endorsements;
using Discovery.Proposals.Lists;
using Discovery.Proposals.Merges;
using Discovery.Proposals.Participants;
using Discovery.Proposals.Reviews;
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

    /// <param name="State">waiting, returned, hidden, published, merged or withdrawn.</param>
    /// <param name="Author">Name of the person who has submitted it; null where the account is erased or there never was one.</param>
    /// <param name="IsOwn">Whether the asker may act for the author.</param>
    /// <param name="MayEndorse">It is the time for it, and the asker has an organisation that may.</param>
    /// <param name="Mine">The asker's organisations that are not behind the proposal.</param>
    /// <param name="Revision">Number of the version of its content.</param>
    /// <param name="MayEdit">It is published and still collected, and the asker acts for an author.</param>
    /// <param name="Amendments">How many wait for an answer.</param>
    /// <param name="IsInvited">An organisation of the asker is asked to be a co-author.</param>
    /// <param name="Merges">That are asked about or were done.</param>
    /// <param name="LeftOut">Why it is not on the frozen ballot list.</param>
    public sealed record View(
        Guid Id, int Number, string State, Content Content, OrganisationCard? Organisation, IReadOnlyList<OrganisationCard> CoAuthors, string? Author,
        DateTimeOffset SubmittedAt, DateTimeOffset? PublishedAt, DateTimeOffset? ReturnedAt, string? ReturnReason, DateTimeOffset? HiddenAt, string? ReasonCode, DateTimeOffset? AppealedAt, int? SuggestedMerge,
        int? Seat, int? Rank, bool IsListed, bool IsOwn, int Version, IReadOnlyList<Register.Entry> Register, Support Support, bool MayEndorse, IReadOnlyList<OrganisationCard> Mine, LeftOut? LeftOut,
        int Revision, bool MayEdit, int Amendments, bool IsInvited,
        IReadOnlyList<GetMerge.Note> Merges, int? MergedInto, DateTimeOffset? MergedAt, DateTimeOffset? WithdrawnAt, string? WithdrawReason, bool MayWithdraw, bool MayMerge,
        bool MayReadAnnex, Strength Strength, Growth Growth, IReadOnlyList<Guid> Verified, IReadOnlyList<File> Files);

    public sealed record File(Guid Id, string Name, int Size);

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
            if (proposal is null) throw new RuleBroken("proposals.unknown") { Status = 404 };
            if (!(proposal.IsVisibleTo(query.User, round.Region.Slug, own) || await db.IsInvitedAsync(proposal.Id, own, ct)))
                throw !proposal.WasShown ? new RuleBroken("proposals.unknown") { Status = 404 }
                    : proposal.WithdrawnAt is not null ? new RuleBroken("proposals.gone.withdrawn", proposal.WithdrawReason!) { Status = 410 } : new RuleBroken("proposals.gone." + proposal.ReasonCode) { Status = 410 };

            List<Guid> ids = [.. proposal.CoAuthors];
            if (proposal.Organisation is { } author) ids.Add(author);
            var organisations = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, OrganisationCard.Of, ct);
            var frozen = await db.Lists.AsNoTracking().SingleOrDefaultAsync(l => l.Round == round.Id, ct);
            var leftOut = frozen is null ? null : JsonSerializer.Deserialize<List<LeftOut>>(frozen.LeftOut, JsonSerializerOptions.Web)!.Find(l => l.Number == proposal.Number);
            var support = (await db.SupportAsync(round, [proposal.Id], ct)).GetValueOrDefault(proposal.Id) ?? Support.None;
            var mine = query.User.IsOfAuthority ? [] : (await db.Organisations.AsNoTracking().Where(o => own.Contains(o.Id) && !ids.Contains(o.Id)).ToListAsync(ct)).FindAll(o => round.Charter.Groups.Any(g => g.Kinds.Contains(o.Kind)));
            return new(
                proposal.Id, proposal.Number,
                proposal.MergedInto is not null ? "merged" : proposal.WithdrawnAt is not null ? "withdrawn" : proposal.PublishedAt is not null ? "published" : proposal.ReturnedAt is not null ? "returned" : proposal.HiddenAt is not null ? "hidden" : "waiting",
                proposal.Content, proposal.Organisation is { } o ? Card(o) : null, proposal.CoAuthors.ConvertAll(Card),
                await db.People.Where(p => p.Id == proposal.AuthorPerson && p.ErasedAt == null).Select(p => p.Name).SingleOrDefaultAsync(ct),
                proposal.SubmittedAt, proposal.PublishedAt, proposal.ReturnedAt, proposal.ReturnReason,
                proposal.HiddenAt, proposal.ReasonCode, proposal.AppealedAt, proposal.SuggestedMerge, proposal.Seat, proposal.Rank,
                frozen is not null && leftOut is null && proposal.PublishedAt is not null, proposal.IsOwnOf(query.User, own), proposal.Version,
                await db.RegisterAsync(proposal.Id, ct), support,
                proposal.PublishedAt is not null && frozen is null && mine.Count > 0 && EndorseProposal.IsTime(round), mine.ConvertAll(OrganisationCard.Of), leftOut,
                proposal.Revision, proposal.PublishedAt is not null && frozen is null && !query.User.IsOfAuthority && proposal.IsAuthoredBy(own) && round.IsOpenFor(PhaseKinds.Proposals),
                await db.Amendments.CountAsync(a => a.Proposal == proposal.Id && a.State == AmendmentStates.Open, ct),
                !query.User.IsOfAuthority && await db.IsInvitedAsync(proposal.Id, own, ct),
                await db.MergesOfAsync(proposal.Id, clock.GetUtcNow(), ct), proposal.MergedInto, proposal.MergedAt, proposal.WithdrawnAt, proposal.WithdrawReason,
                proposal.IsAlive && frozen is null && !query.User.IsOfAuthority && proposal.Organisation is { } a && own.Contains(a),
                proposal.PublishedAt is not null && frozen is null && EndorseProposal.IsTime(round) && (proposal.IsAuthoredBy(own) || query.User.Is(Roles.Official, round.Region.Slug) || query.User.Is(Roles.Moderator, round.Region.Slug)),
                !query.User.IsMachine && (proposal.IsAuthoredBy(own) ? proposal.IsAlive && !query.User.IsOfAuthority : await IsReaderAsync()),
                Strength.Of(proposal.Content, proposal.Verified), Growth.Of(await db.Reviews.AsNoTracking().Where(r => r.Proposal == proposal.Id).ToListAsync(ct), proposal.Content.Details.SupportYears), proposal.Verified, await db.Attachments.Where(a => a.Proposal == proposal.Id).Select(a => new File(a.Id, a.Name, a.Size)).ToListAsync(ct));

            async Task<bool> IsReaderAsync() =>
                query.User.IsSignedIn && await db.Annexes.AsNoTracking().SingleOrDefaultAsync(a => a.Id == proposal.Id, ct) is { } annex
                    && (annex.Readers.Exists(own.Contains) || (annex.ForOfficials && (query.User.Is(Roles.Official, round.Region.Slug) || query.User.Is(Roles.Moderator, round.Region.Slug))));

            OrganisationCard Card(Guid id) => organisations.GetValueOrDefault(id) ?? new(id, [], "", null);
        }
    }
}
