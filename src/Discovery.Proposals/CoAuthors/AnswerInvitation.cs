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

/// <summary>Whoever may act for the organisation that is asked says yes or no. With a yes its support of the proposal ends: authors do not support themselves.</summary>
internal static class AnswerInvitation
{
    public sealed record Form
    {
        public bool Accepts { get; init; }
    }

    public sealed record Command(string Round, int Number, Guid Organisation, CurrentUser Person, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/{number:int}/co-authors/{organisation:guid}", async (string round, int number, Guid organisation, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, number, organisation, user, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (person, organisation, now) = (command.Person, command.Organisation, await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            if (round.IsPaused) throw new RuleBroken("round.paused");
            // To everybody else the invitation does not exist: the proposal may not be public.
            if (person.IsOfAuthority || !(await db.ActsForAsync(person, now, ct)).Contains(organisation)) throw new RuleBroken("proposals.co-author.not-asked") { Status = 404 };
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            (await db.LockDocketAsync(round.Id, ct)).MustBeOpen();
            var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.Round == round.Id && i.Organisation == organisation && i.RefusedAt == null && db.Proposals.Any(p => p.Id == i.Proposal && p.Number == command.Number), ct)
                ?? throw new RuleBroken("proposals.co-author.not-asked") { Status = 404 };
            var proposal = await db.Proposals.SingleAsync(p => p.Id == invitation.Proposal, ct);
            if (command.Input.Accepts)
            {
                proposal.MustBeAlive();
                proposal.Join(organisation);
                await db.OvertakeMergesAsync(proposal.Id, person.Id, now, ct);
                db.Remove(invitation);
                await db.Endorsements.Where(e => e.Proposal == proposal.Id && e.Organisation == organisation).ExecuteDeleteAsync(ct);
            }
            else invitation.RefusedAt = now;
            await db.NoteAsync(proposal.Id, command.Input.Accepts ? "co-author-joined" : "co-author-refused", person.Id, new(), now, ct);
            await db.RememberAsync(person, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
