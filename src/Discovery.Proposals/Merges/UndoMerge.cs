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

/// <summary>Any of the authors undoes a merge within two weeks, with a reason.</summary>
internal static class UndoMerge
{
    public sealed record Form
    {
        public string? Reason { get; init; }
    }

    public sealed record Command(string Round, Guid Merge, CurrentUser Person, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/merges/{merge:guid}/undo", async (string round, Guid merge, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, merge, user, form), ct);
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
            var person = command.Person;
            var round = await db.GetRound(command.Round, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            var now = await db.ClockAsync(clock, ct);
            var merge = await db.MergeAsync(round.Id, command.Merge, ct);
            var own = person.IsOfAuthority ? [] : await db.ActsForAsync(person, now, ct);
            if (!await db.MergeAnswers.AnyAsync(a => a.Merge == merge.Id && own.Contains(a.Organisation), ct)) throw new RuleBroken("proposals.merge.not-author") { Status = 403 };
            docket.MustBeChangeable(round);
            await db.UndoAsync(round, merge, person.Id, Reasons.Clean(command.Input.Reason), now, ct);
            await db.RememberAsync(person, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
