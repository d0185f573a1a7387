using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Versions;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Amendments;

/// <summary>The authors accept what was suggested, and it becomes a version; or they refuse it and say why. Whoever suggested it may take it back.</summary>
internal static class AnswerAmendment
{
    public sealed record Form
    {
        public bool Accepts { get; init; }

        /// <summary>Needed for a refusal.</summary>
        public string? Reason { get; init; }
    }

    public sealed record Command(string Round, int Number, Guid Amendment, CurrentUser Person, Form Input) : IRequest<bool>;

    public sealed record Withdraw(string Round, int Number, Guid Amendment, CurrentUser Person) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapPut("/{number:int}/amendments/{amendment:guid}", async (string round, int number, Guid amendment, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, number, amendment, user, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();
        round.MapDelete("/{number:int}/amendments/{amendment:guid}", async (string round, int number, Guid amendment, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Withdraw(round, number, amendment, user), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => When(c => !c.Input.Accepts, () => RuleFor(c => c.Input.Reason).IsReason());
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, bool>, IRequestHandler<Withdraw, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (person, now) = (command.Person, await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            var (proposal, amendment) = await FindAsync(round, command.Number, command.Amendment, ct);
            if (person.IsOfAuthority || !proposal.IsAuthoredBy(await db.ActsForAsync(person, now, ct))) throw new RuleBroken("proposals.amendment.not-author") { Status = 403 };
            docket.MustBeChangeable(round);
            if (command.Input.Accepts)
            {
                // First of all: what is accepted is not overtaken by itself.
                amendment.Decide(AmendmentStates.Accepted, person.Id, now, version: proposal.Revision + 1);
                await db.SaveChangesAsync(ct);
                await db.RewriteAsync(round, proposal, amendment.On(proposal.Content), Changes.Amended, person.Id, now, ct, amendment.Organisation);
            }
            else
            {
                var reason = Reasons.Clean(command.Input.Reason);
                amendment.Decide(AmendmentStates.Refused, person.Id, now, reason);
                await db.NoteAsync(proposal.Id, "amendment-refused", person.Id, new(Text: reason), now, ct);
            }
            await db.RememberAsync(person, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }

        public async Task<bool> Handle(Withdraw command, CancellationToken ct)
        {
            var (person, now) = (command.Person, await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.LockDocketAsync(round.Id, ct);
            var (proposal, amendment) = await FindAsync(round, command.Number, command.Amendment, ct);
            if (amendment.Person != person.Id && !(await db.ActsForAsync(person, now, ct)).Contains(amendment.Organisation)) throw new RuleBroken("proposals.amendment.not-yours") { Status = 403 };
            amendment.Decide(AmendmentStates.Withdrawn, person.Id, now);
            await db.NoteAsync(proposal.Id, "amendment-withdrawn", person.Id, new(), now, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }

        async Task<(Proposal, Amendment)> FindAsync(RoundCopy round, int number, Guid id, CancellationToken ct)
        {
            var proposal = await db.PublishedAsync(round.Id, number, ct);
            return (proposal, await db.Amendments.SingleOrDefaultAsync(a => a.Id == id && a.Proposal == proposal.Id, ct) ?? throw new RuleBroken("proposals.amendment.unknown") { Status = 404 });
        }
    }
}
