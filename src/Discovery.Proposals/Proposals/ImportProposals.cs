using Discovery.Contracts.Moderation;
using Discovery.Contracts.Proposals;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.Records;
using Discovery.Platform.Web;
using Discovery.Proposals.Data;
using Discovery.Proposals.Endorsements;
using Discovery.Proposals.Versions;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>A tool fills a demonstration or replays an election: proposals come with their numbers and are published at once. A number that is here already is left alone.</summary>
internal static class ImportProposals
{
    public sealed record Form
    {
        public IReadOnlyList<Item> Proposals { get; init; } = [];

        /// <summary>Stands in the log of every proposal.</summary>
        public string? Reason { get; init; }
    }

    public sealed record Item : Content
    {
        public int Number { get; init; }

        /// <summary>Null where the archive names no author.</summary>
        public Guid? Organisation { get; init; }

        public List<Guid> CoAuthors { get; init; } = [];
        public DateTimeOffset? SubmittedAt { get; init; }

        /// <summary>Organisations that support it.</summary>
        public List<Guid> Endorsers { get; init; } = [];
    }

    public sealed record Command(string Round, CurrentUser Tool, Form Input) : IRequest<Answer>;

    public sealed record Answer(int Added, int Already);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPost("/import", async (string round, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, user, form), ct)))
            .RequireAuthorization(Sessions.Tool);

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Reason).IsReason();
            RuleFor(c => c.Input.Proposals).Must(all => all.Select(p => p.Number).Distinct().Count() == all.Count).WithMessage("proposals.import.numbers");
            RuleForEach(c => c.Input.Proposals).ChildRules(item =>
            {
                item.RuleFor(p => p.Number).InclusiveBetween(1, 100_000).WithMessage("proposals.import.number");
                item.RuleFor(p => p.Title).Must(t => PlainText.Longest(t) is > 0 and <= 500).WithMessage("proposals.title.missing");
                item.RuleFor(p => p.Sector).OneOf(Choices.Sectors).WithMessage("proposals.sector.unknown");
                item.RuleFor(p => p.Also).OneOf(Choices.Sectors).When(p => !string.IsNullOrEmpty(p.Also)).WithMessage("proposals.sector.unknown");
                item.RuleFor(p => p.Mode).OneOf(Choices.Modes).When(p => !string.IsNullOrEmpty(p.Mode)).WithMessage("proposals.mode.missing");
                item.RuleFor(p => p.Kind).OneOf(Choices.Kinds).When(p => !string.IsNullOrEmpty(p.Kind)).WithMessage("proposals.kind.missing");
                item.RuleFor(p => p.Track).OneOf(Choices.Tracks).When(p => !string.IsNullOrEmpty(p.Track)).WithMessage("proposals.track.missing");
            });
        }
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        public async Task<Answer> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            if (round.Charter.Origin == Origins.Live) throw new RuleBroken("proposals.import.live") { Status = 403 };

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            var known = await db.Proposals.Where(p => p.Round == round.Id).Select(p => p.Number).ToHashSetAsync(ct);
            var added = command.Input.Proposals.Where(p => !known.Contains(p.Number)).ToList();
            if (added.Count > 0) docket.MustBeOpen();
            var authors = added.Select(p => p.Organisation).OfType<Guid>().Distinct().ToList();
            var kinds = await db.Organisations.Where(o => authors.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Kind, ct);

            var (now, reason) = (clock.GetUtcNow(), Reasons.Clean(command.Input.Reason));
            foreach (var item in added.OrderBy(p => p.Number))
            {
                var proposal = Make(round.Id, item, command.Tool.Id, now);
                db.AddRange((item.Endorsers ?? []).Distinct().Select(o => new Endorsement { Proposal = proposal.Id, Organisation = o, Round = round.Id, Person = command.Tool.Id, At = now }));
                docket.LastNumber = Math.Max(docket.LastNumber, item.Number);
                db.Add(proposal);
                db.Add(Revision.Of(proposal, Changes.Submitted, proposal.AuthorPerson, proposal.SubmittedAt));
                db.Announce(new ProposalSubmitted(round.Id, proposal.Id, proposal.Sequence, proposal.SubmittedAt, proposal.Number));
                proposal.Publish(now);
                db.Begin(proposal.Id, now, (Register.Published, Guid.Empty, new Register.Details(Text: reason)));
                db.AnnounceContent(round, proposal, waits: false, ContentSubmitted.Reasons.New, now);
                db.Announce(Announcements.Published(proposal, kinds.GetValueOrDefault(proposal.Organisation ?? Guid.Empty)));
            }
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new(added.Count, command.Input.Proposals.Count - added.Count);
        }

        static Proposal Make(Guid round, Item item, Guid tool, DateTimeOffset now)
        {
            var proposal = new Proposal
            {
                Id = Guid.CreateVersion7(),
                Round = round,
                Number = item.Number,
                Content = item.Cleaned(),
                Organisation = item.Organisation == Guid.Empty ? null : item.Organisation,
                CoAuthors = [.. (item.CoAuthors ?? []).Where(o => o != item.Organisation).Distinct()],
                AuthorPerson = tool,
                SubmittedAt = item.SubmittedAt?.ToUniversalTime() ?? now,
            };
            return proposal;
        }
    }
}
