using Discovery.Contracts.Moderation;
using Discovery.Contracts.Proposals;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Proposals.Attachments;
using Discovery.Proposals.Data;
using Discovery.Proposals.Versions;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>The author corrects a returned proposal and sends it again, under its number.</summary>
internal static class ReviseProposal
{
    /// <param name="Draft">The draft that it was corrected in, which goes with it.</param>
    public sealed record Command(string Round, int Number, CurrentUser Person, Content Input, Guid? Draft = null) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/{number:int}", async (string round, int number, Content form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, number, user, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider clock) => RuleFor(c => c.Input).SetValidator(new ContentRules(clock));
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (person, content) = (command.Person, command.Input.Cleaned());
            var round = await db.GetRound(command.Round, ct);
            var own = await db.ActsForAsync(person, clock.GetUtcNow(), ct);

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            var proposal = await db.Proposals.SingleOrDefaultAsync(p => p.Round == round.Id && p.Number == command.Number, ct);
            if (proposal is null || !proposal.IsVisibleTo(person, round.Region.Slug, own)) throw new RuleBroken("proposals.unknown") { Status = 404 };
            if (person.IsOfAuthority) throw new RuleBroken("proposals.official") { Status = 403 };
            if (!proposal.IsOwnOf(person, own)) throw new RuleBroken("proposals.no-mandate") { Status = 403 };
            if (round.IsPaused) throw new RuleBroken("round.paused");
            docket.MustBeOpen();
            SubmitProposal.MustLieIn(round, content);

            await db.KeepCurrentAsync(proposal, ct);
            proposal.Resubmit(content, clock.GetUtcNow());
            await db.TakeFilesAsync(proposal, content, command.Draft, person.Id, ct);
            db.Add(Revision.Of(proposal, Changes.Corrected, person.Id, proposal.SubmittedAt));
            db.Announce(new ProposalSubmitted(round.Id, proposal.Id, proposal.Sequence, proposal.SubmittedAt, proposal.Number, person.Id, proposal.Organisation));
            db.AnnounceContent(round, proposal, waits: true, ContentSubmitted.Reasons.Edited, proposal.SubmittedAt);
            await db.NoteAsync(proposal.Id, Register.Resubmitted, person.Id, new(), proposal.SubmittedAt, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
