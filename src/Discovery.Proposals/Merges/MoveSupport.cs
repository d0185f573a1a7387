using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Endorsements;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Merges;

/// <summary>Who has supported a text that is closed now keeps this support for the merged text, or returns it. Who says nothing leaves it where it was.</summary>
internal static class MoveSupport
{
    public sealed record Form
    {
        public Guid? Organisation { get; init; }

        /// <summary>True: for the merged text; false: it is returned.</summary>
        public bool? Keeps { get; init; }
    }

    public sealed record Command(string Round, Guid Merge, CurrentUser Person, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/merges/{merge:guid}/support", async (string round, Guid merge, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, merge, user, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Organisation).NotNull().WithMessage("proposals.organisation.missing");
            RuleFor(c => c.Input.Keeps).NotNull().WithMessage("proposals.merge.keeps.missing");
        }
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (person, organisation, now) = (command.Person, command.Input.Organisation!.Value, await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            if (person.IsOfAuthority || !(await db.ActsForAsync(person, now, ct)).Contains(organisation)) throw new RuleBroken("proposals.no-mandate") { Status = 403 };
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            (await db.LockDocketAsync(round.Id, ct)).MustBeOpen();
            var merge = await db.MergeAsync(round.Id, command.Merge, ct);
            EndorseProposal.MustBeTime(round);
            var asked = await db.TouchedSupports.Where(s => s.Merge == merge.Id && s.Organisation == organisation && s.State != TouchedSupport.Dropped).ToListAsync(ct);
            if (asked.Count == 0) throw new RuleBroken("proposals.merge.no-support") { Status = 404 };
            if (!asked.Exists(s => s.State == TouchedSupport.Asked)) throw new RuleBroken("proposals.merge.support-answered");

            foreach (var support in asked.Where(s => s.State == TouchedSupport.Asked))
            {
                (support.State, support.AnsweredBy, support.AnsweredAt) = (command.Input.Keeps == true ? TouchedSupport.Kept : TouchedSupport.Returned, person.Id, now);
                await db.Endorsements.Where(e => e.Proposal == support.Proposal && e.Organisation == organisation).ExecuteDeleteAsync(ct);
            }
            if (command.Input.Keeps == true && !await db.Endorsements.AnyAsync(e => e.Proposal == merge.Lead && e.Organisation == organisation, ct))
                db.Add(new Endorsement { Proposal = merge.Lead, Organisation = organisation, Round = round.Id, Person = person.Id, At = now, Merge = merge.Id });
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
