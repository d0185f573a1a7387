using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Merges;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.CoAuthors;

/// <summary>Either side ends a co-authorship, until the ballot list is frozen; the author also takes an invitation back.</summary>
internal static class EndCoAuthorship
{
    public sealed record Command(string Round, int Number, Guid Organisation, CurrentUser Person) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapDelete("/{number:int}/co-authors/{organisation:guid}", async (string round, int number, Guid organisation, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, number, organisation, user), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (person, organisation, now) = (command.Person, command.Organisation, await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            if (round.IsPaused) throw new RuleBroken("round.paused");
            var own = await db.ActsForAsync(person, now, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            (await db.LockDocketAsync(round.Id, ct)).MustBeOpen();
            var proposal = await db.Proposals.SingleOrDefaultAsync(p => p.Round == round.Id && p.Number == command.Number, ct);
            if (proposal is null || !(proposal.IsVisibleTo(person, round.Region.Slug, own) || await db.IsInvitedAsync(proposal.Id, own, ct))) throw new RuleBroken("proposals.unknown") { Status = 404 };
            var isAuthor = proposal.Organisation is { } author && own.Contains(author);
            if (person.IsOfAuthority || !(isAuthor || own.Contains(organisation))) throw new RuleBroken("proposals.no-mandate") { Status = 403 };
            proposal.MustBeAlive();
            if (proposal.Leave(organisation))
            {
                await db.OvertakeMergesAsync(proposal.Id, person.Id, now, ct);
                await db.NoteAsync(proposal.Id, "co-author-left", person.Id, new(), now, ct);
            }
            // A refusal stays: otherwise the author could ask again and again.
            else if (isAuthor && await db.Invitations.Where(i => i.Proposal == proposal.Id && i.Organisation == organisation && i.RefusedAt == null).ExecuteDeleteAsync(ct) > 0) await db.NoteAsync(proposal.Id, "co-author-uninvited", person.Id, new(), now, ct);
            else throw new RuleBroken("proposals.co-author.none") { Status = 404 };
            await db.RememberAsync(person, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
