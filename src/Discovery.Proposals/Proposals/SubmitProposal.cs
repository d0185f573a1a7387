using Discovery.Contracts.Moderation;
using Discovery.Contracts.Proposals;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.People;
using Discovery.Platform.Records;
using Discovery.Proposals.Attachments;
using Discovery.Proposals.Data;
using Discovery.Proposals.Import;
using Discovery.Proposals.Lists;
using Discovery.Proposals.Versions;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>Somebody with a verified mandate proposes in the name of an organisation, while proposals are being collected. Officials never do.</summary>
internal static class SubmitProposal
{
    public sealed record Form : Content
    {
        /// <summary>May be left out where the session says for whom the person acts.</summary>
        public Guid? Organisation { get; init; }

        /// <summary>Only organisations that the same person may act for: co-authors do not judge the proposal, so nobody is made one by others.</summary>
        public List<Guid> CoAuthors { get; init; } = [];

        public Form() { }

        /// <summary>What stands there already, to be corrected.</summary>
        public Form(Proposal proposal) : base(proposal.Content) => (Organisation, CoAuthors) = (proposal.Organisation, proposal.CoAuthors);
    }

    /// <param name="Draft">The draft that it was written as, which goes with it.</param>
    public sealed record Command(string Round, CurrentUser Person, Form Input, Guid? Draft = null) : IRequest<Answer>;

    public sealed record Answer(int Number, Guid Id);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPost("", async (string round, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            var answer = await mediator.Send(new Command(round, user, form), ct);
            return TypedResults.Created($"/api/proposals/rounds/{round}/{answer.Number}", answer);
        }).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider clock)
        {
            RuleFor(c => c.Input.Organisation).NotNull().WithMessage("proposals.organisation.missing").When(c => c.Person.ActsFor is null);
            RuleFor(c => c.Input).SetValidator(new ContentRules(clock));
        }
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        public async Task<Answer> Handle(Command command, CancellationToken ct)
        {
            var (person, input) = (command.Person, command.Input);
            var round = await db.GetRound(command.Round, ct);
            MustBeCollecting(round);
            if (person.IsOfAuthority) throw new RuleBroken("proposals.official") { Status = 403 };

            var own = await db.ActsForAsync(person, clock.GetUtcNow(), ct);
            // What the session says about mandates that are over says nothing.
            var organisation = input.Organisation ?? (person.ActsFor is { } usual && own.Contains(usual) ? usual : null as Guid?)
                ?? throw new ValidationException([new("Input.Organisation", "proposals.organisation.missing")]);
            if (!own.Contains(organisation)) throw new RuleBroken("proposals.no-mandate") { Status = 403 };
            if (input.CoAuthors?.Except(own).Any() == true) throw new RuleBroken("proposals.co-author") { Status = 403 };
            var content = input.Cleaned();
            MustLieIn(round, content);

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            docket.MustBeOpen();
            var proposal = HandIn(db, round, docket, content, organisation, [.. (input.CoAuthors ?? []).Where(o => o != organisation).Distinct()], person.Id, clock.GetUtcNow());
            await db.RememberAsync(person, ct);
            await db.TakeFilesAsync(proposal, content, command.Draft, person.Id, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new(proposal.Number, proposal.Id);
        }
    }

    /// <summary>The next number of the round, and the news of it. The docket is locked.</summary>
    /// <param name="person">Empty where somebody else has entered it.</param>
    /// <param name="batch">The file with which it came.</param>
    public static Proposal HandIn(
        ProposalsDb db, RoundCopy round, Docket docket, Content content, Guid organisation, List<Guid> coAuthors, Guid person, DateTimeOffset now, ImportBatch? batch = null, Guid enteredBy = default)
    {
        var proposal = new Proposal
        {
            Id = Guid.CreateVersion7(),
            Round = round.Id,
            Number = ++docket.LastNumber,
            Content = content,
            Organisation = organisation,
            CoAuthors = coAuthors,
            AuthorPerson = person,
            Batch = batch?.Id,
            SubmittedAt = now,
        };
        db.Add(proposal);
        db.Add(Revision.Of(proposal, Changes.Submitted, person, now));
        db.AnnounceContent(round, proposal, waits: true, ContentSubmitted.Reasons.New, now);
        (string, Guid, object) submitted = (Register.Submitted, person, new Register.Details());
        if (batch is null) db.Begin(proposal.Id, now, submitted);
        else db.Begin(proposal.Id, now, submitted, (Register.Entered, enteredBy, new Register.Details(Text: batch.Reason)));
        db.Announce(new ProposalSubmitted(round.Id, proposal.Id, proposal.Sequence, now, proposal.Number, person == Guid.Empty ? null : person, organisation));
        return proposal;
    }

    public static void MustBeCollecting(RoundCopy round)
    {
        if (round.IsPaused) throw new RuleBroken("round.paused");
        if (!round.IsIn(PhaseKinds.Proposals)) throw new RuleBroken("proposals.not-collecting");
    }

    public static void MustLieIn(RoundCopy round, Content content)
    {
        if (content.Municipality is { } key && round.Region.Cells.All(c => c.Key != key))
            throw new ValidationException([new("Input.Municipality", "proposals.municipality.unknown")]);
    }
}
