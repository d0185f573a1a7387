using Discovery.Contracts.Moderation;
using Discovery.Contracts.Proposals;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Merges;
using Discovery.Proposals.Versions;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>The author takes a proposal back before the ballot list is frozen, and says why. It stays so: who wants to propose it again makes a new one.</summary>
internal static class WithdrawProposal
{
    public sealed record Form
    {
        public string? Reason { get; init; }
    }

    public sealed record Command(string Round, int Number, CurrentUser Person, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/{number:int}/withdrawal", async (string round, int number, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, number, user, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Input.Reason).IsReason();
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (person, now) = (command.Person, await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            var own = await db.ActsForAsync(person, now, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            var (seen, _) = await db.VisibleAsync(round, command.Number, person, now, ct);
            if (person.IsOfAuthority || seen.Organisation is not { } author || !own.Contains(author)) throw new RuleBroken("proposals.no-mandate") { Status = 403 };
            if (round.IsPaused) throw new RuleBroken("round.paused");
            docket.MustBeOpen();
            // The others' words are in it: they get them back first.
            if (await db.Merges.AnyAsync(m => m.Lead == seen.Id && m.State == MergeStates.Done && m.UndoUntil > now, ct)) throw new RuleBroken("proposals.withdraw.merged");

            var proposal = await db.Proposals.SingleAsync(p => p.Id == seen.Id, ct);
            var reason = Reasons.Clean(command.Input.Reason);
            proposal.Withdraw(reason, now);
            await db.OvertakeMergesAsync(proposal.Id, person.Id, now, ct);
            await db.NoteAsync(proposal.Id, "withdrawn", person.Id, new(Text: reason), now, ct);
            await db.RememberAsync(person, ct);
            db.AnnounceContent(round, proposal, waits: false, ContentSubmitted.Reasons.Gone, now);
            if (proposal.WasShown) db.Announce(new ProposalWithdrawn(round.Id, proposal.Id, proposal.Sequence, now, proposal.Number));
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
