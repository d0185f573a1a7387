using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Reviews;

/// <summary>Somebody who was drawn marks the proposal, or says that there is a tie: then the lot falls on another one. Marks may be changed until the ballot list is frozen.</summary>
internal static class GiveReview
{
    public sealed record Form
    {
        public int? Novelty { get; init; }
        public int? Market { get; init; }
        public int? Stake { get; init; }
        public int? SpillOver { get; init; }

        /// <summary>A tie to the authors or to a competitor of theirs.</summary>
        public bool HasInterest { get; init; }
    }

    public sealed record Command(string Round, int Number, CurrentUser Person, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/{number:int}/review", async (string round, int number, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, number, user, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => When(c => !c.Input.HasInterest, () =>
        {
            RuleFor(c => c.Input.Novelty).Must(IsMark).WithMessage("proposals.review.mark");
            RuleFor(c => c.Input.Market).Must(IsMark).WithMessage("proposals.review.mark");
            RuleFor(c => c.Input.Stake).Must(IsMark).WithMessage("proposals.review.mark");
            RuleFor(c => c.Input.SpillOver).Must(IsMark).WithMessage("proposals.review.mark");
        });

        static bool IsMark(int? mark) => mark is >= 0 and <= Review.Highest;
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (person, input, now) = (command.Person, command.Input, clock.GetUtcNow());
            var round = await db.GetRound(command.Round, ct);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            var proposal = await db.Proposals.SingleOrDefaultAsync(p => p.Round == round.Id && p.Number == command.Number && p.PublishedAt != null, ct);
            // Who was not drawn is not told who was.
            var review = proposal is null || person.Id == Guid.Empty || person.IsMachine ? null : await db.Reviews.SingleOrDefaultAsync(r => r.Proposal == proposal.Id && r.Person == person.Id, ct);
            if (review is null) throw new RuleBroken("proposals.review.unknown") { Status = 404 };
            docket.MustBeOpen();
            if (review.HasInterest) throw new RuleBroken("proposals.review.declined");
            if (input.HasInterest)
            {
                review.Decline(now);
                await db.DrawReviewersAsync(round, proposal!, now, ct);
            }
            else review.Mark(input.Novelty!.Value, input.Market!.Value, input.Stake!.Value, input.SpillOver!.Value, now);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
