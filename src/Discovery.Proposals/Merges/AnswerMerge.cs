using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Merges;

/// <summary>An author agrees to a merge or refuses it, for all of the organisations that the person acts for or for one of them; whoever proposed it may take it back.</summary>
internal static class AnswerMerge
{
    public sealed record Form
    {
        public bool Agrees { get; init; }

        /// <summary>Needed for a refusal.</summary>
        public string? Reason { get; init; }

        /// <summary>Without it: all that are asked and that the person acts for.</summary>
        public Guid? Organisation { get; init; }
    }

    public sealed record Command(string Round, Guid Merge, CurrentUser Person, Form Input) : IRequest<string>;

    public sealed record Withdraw(string Round, Guid Merge, CurrentUser Person) : IRequest<string>;

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapPut("/merges/{merge:guid}/answer", async (string round, Guid merge, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(new { state = await mediator.Send(new Command(round, merge, user, form), ct) })).RequireAuthorization();
        round.MapDelete("/merges/{merge:guid}", async (string round, Guid merge, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Withdraw(round, merge, user), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => When(c => !c.Input.Agrees, () => RuleFor(c => c.Input.Reason).IsReason());
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, string>, IRequestHandler<Withdraw, string>
    {
        public async Task<string> Handle(Command command, CancellationToken ct)
        {
            var (person, input) = (command.Person, command.Input);
            var round = await db.GetRound(command.Round, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            // Read after the lock: an answer that waited for it may be late.
            var now = await db.ClockAsync(clock, ct);
            var merge = await db.MergeAsync(round.Id, command.Merge, ct);
            var own = person.IsOfAuthority ? [] : await db.ActsForAsync(person, now, ct);
            var answers = await db.MergeAnswers.Where(a => a.Merge == merge.Id).ToListAsync(ct);
            var mine = answers.FindAll(a => own.Contains(a.Organisation) && (input.Organisation is null || input.Organisation == a.Organisation));
            if (mine.Count == 0) throw new RuleBroken("proposals.merge.not-author") { Status = 403 };
            docket.MustBeChangeable(round);
            if (merge.State != MergeStates.Open || merge.ExpiresAt <= now) throw new RuleBroken("proposals.merge.ended");

            var reason = input.Agrees ? null : Reasons.Clean(input.Reason);
            foreach (var answer in mine) (answer.Agrees, answer.Person, answer.At, answer.Reason) = (input.Agrees, person.Id, now, reason);
            await db.RememberAsync(person, ct);
            if (!input.Agrees) await db.EndAsync(merge, MergeStates.Refused, person.Id, now, ct);
            else if (answers.TrueForAll(a => a.Agrees == true)) await db.DoAsync(round, merge, person.Id, now, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return merge.State;
        }

        public async Task<string> Handle(Withdraw command, CancellationToken ct)
        {
            var (person, now) = (command.Person, await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.LockDocketAsync(round.Id, ct);
            var merge = await db.MergeAsync(round.Id, command.Merge, ct);
            if (merge.Person != person.Id) throw new RuleBroken("proposals.merge.not-yours") { Status = 403 };
            await db.EndAsync(merge, MergeStates.Withdrawn, person.Id, now, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return merge.State;
        }
    }
}
