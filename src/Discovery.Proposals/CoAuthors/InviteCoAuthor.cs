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

namespace Discovery.Proposals.CoAuthors;

/// <summary>The author asks an organisation to be a co-author. Co-authors do not judge the proposal, so nobody is made one by others.</summary>
internal static class InviteCoAuthor
{
    /// <summary>Co-authors and open invitations of one proposal together.</summary>
    const int Most = 20;

    public sealed record Form
    {
        public Guid? Organisation { get; init; }
    }

    public sealed record Command(string Round, int Number, CurrentUser Person, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPost("/{number:int}/co-authors", async (string round, int number, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, number, user, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Input.Organisation).NotNull().WithMessage("proposals.organisation.missing");
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (person, organisation, now) = (command.Person, command.Input.Organisation!.Value, await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            if (round.IsPaused) throw new RuleBroken("round.paused");
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            (await db.LockDocketAsync(round.Id, ct)).MustBeOpen();
            var (proposal, _) = await db.VisibleAsync(round, command.Number, person, now, ct);
            if (person.IsOfAuthority || proposal.Organisation is not { } author || !(await db.ActsForAsync(person, now, ct)).Contains(author)) throw new RuleBroken("proposals.no-mandate") { Status = 403 };
            proposal.MustBeAlive();
            if (!await db.Organisations.AnyAsync(o => o.Id == organisation && o.MayAct, ct)) throw new ValidationException([new("Input.Organisation", "proposals.co-author.unknown")]);
            if (proposal.Authors.Contains(organisation)) throw new RuleBroken("proposals.co-author.is-one");
            var asked = await db.Invitations.Where(i => i.Proposal == proposal.Id).ToListAsync(ct);
            if (asked.Find(i => i.Organisation == organisation) is { } before) return before.RefusedAt is null ? false : throw new RuleBroken("proposals.co-author.refused");
            if (asked.Count(i => i.RefusedAt is null) + proposal.CoAuthors.Count >= Most) throw new RuleBroken("proposals.co-author.many", Most);

            db.Add(new Invitation { Proposal = proposal.Id, Organisation = organisation, Round = round.Id, Person = person.Id, At = now });
            await db.NoteAsync(proposal.Id, "co-author-invited", person.Id, new(), now, ct);
            await db.RememberAsync(person, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
