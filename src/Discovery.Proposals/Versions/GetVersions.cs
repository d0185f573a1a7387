using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Proposals.CoAuthors;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Versions;

/// <summary>
/// All that a proposal has said, since when and why. Everybody sees what has been public without a break until now, or until it was closed; what was never shown, or was
/// taken away, only authors and officials do.
/// </summary>
internal static class GetVersions
{
    public sealed record Query(string Round, int Number, CurrentUser User) : IRequest<View>;

    public sealed record View(int Number, Text Title, IReadOnlyList<Version> Versions);

    /// <param name="By">Null for a tool, empty for an erased account.</param>
    /// <param name="SuggestedBy">The organisation whose words the authors accepted.</param>
    /// <param name="IsPublic">Everybody sees it.</param>
    public sealed record Version(int Number, string Why, DateTimeOffset At, string? By, Text? SuggestedBy, bool IsPublic, Content Content);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/{number:int}/versions", async (string round, int number, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, number, user), ct)));

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var (proposal, seesAll) = await db.VisibleAsync(round, query.Number, query.User, clock.GetUtcNow(), ct);
            var revisions = await db.RevisionsAsync(proposal, ct);
            // Without a break: the one that stood when it was last published, and all since.
            var shown = proposal.ShownSince is { } since ? revisions.Where(r => r.At <= since).Select(r => r.Number).DefaultIfEmpty(1).Max() : int.MaxValue;
            var (persons, organisations) = (revisions.Select(r => r.Person).Distinct().ToList(), revisions.Select(r => r.SuggestedBy).OfType<Guid>().Distinct().ToList());
            var names = await db.People.Where(p => persons.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
            var suggesters = await db.Organisations.Where(o => organisations.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, ct);
            return new(proposal.Number, proposal.Content.Title,
                [.. revisions.Where(r => seesAll || r.Number >= shown).Select(r => new Version(
                    r.Number, r.Why, r.At, names.GetValueOrDefault(r.Person), r.SuggestedBy is { } o ? suggesters.GetValueOrDefault(o, []) : null, r.Number >= shown, r.Content))]);
        }
    }

    /// <summary>The proposal, and whether the asker also sees what is not public; or the answer 404, or 410 where it was taken away.</summary>
    public static async Task<(Proposal Proposal, bool SeesAll)> VisibleAsync(this ProposalsDb db, RoundCopy round, int number, CurrentUser user, DateTimeOffset now, CancellationToken ct)
    {
        var own = await db.ActsForAsync(user, now, ct);
        var proposal = await db.Proposals.AsNoTracking().SingleOrDefaultAsync(p => p.Round == round.Id && p.Number == number, ct);
        if (proposal is null || !(proposal.IsVisibleTo(user, round.Region.Slug, own) || await db.IsInvitedAsync(proposal.Id, own, ct))) throw new RuleBroken("proposals.unknown") { Status = 404 };
        return (proposal, proposal.IsOwnOf(user, own) || proposal.IsAuthoredBy(own) || user.Is(Roles.Official, round.Region.Slug) || user.Is(Roles.Moderator, round.Region.Slug) || user.Is(Roles.Auditor, round.Region.Slug));
    }
}
