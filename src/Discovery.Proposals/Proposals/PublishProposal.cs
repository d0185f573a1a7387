using Discovery.Contracts.Proposals;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.People;
using Discovery.Proposals.Data;
using Discovery.Proposals.Reviews;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>An official publishes a submitted proposal, with a reason that everybody can read (until there is a moderation service).</summary>
internal static class PublishProposal
{
    public sealed record Form
    {
        public string? Reason { get; init; }

        /// <summary>The version that the official has read; without it the current one is meant.</summary>
        public int? Version { get; init; }
    }

    public sealed record Command(string Round, int Number, CurrentUser Official, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/{number:int}/publication", async (string round, int number, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
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
            var round = await db.GetRound(command.Round, ct);
            command.Official.MustRun(round.Region.Slug, round.Charter.Origin);

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            var proposal = await db.Proposals.SingleOrDefaultAsync(p => p.Round == round.Id && p.Number == command.Number, ct)
                ?? throw new RuleBroken("proposals.unknown") { Status = 404 };
            if (proposal.PublishedAt is not null) return false;
            docket.MustBeOpen();
            proposal.MustBeAt(command.Input.Version);

            var now = clock.GetUtcNow();
            proposal.Publish(now);
            await db.DrawReviewersAsync(round, proposal, now, ct);
            db.Add(Act.Of(command.Official, Acts.Published, round.Id, proposal.Id, now, Reasons.Clean(command.Input.Reason)));
            await db.RememberAsync(command.Official, ct);
            db.Announce(Fact(proposal, await db.Organisations.Where(o => o.Id == proposal.Organisation).Select(o => o.Kind).SingleOrDefaultAsync(ct)));
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }

    /// <param name="kind">What the author's organisation is, as far as this service has heard of it.</param>
    public static ProposalPublished Fact(Proposal proposal, string? kind) =>
        new(proposal.Round, proposal.Id, proposal.Sequence, proposal.PublishedAt!.Value, proposal.Number,
            proposal.Content.Title, proposal.Content.Sector, proposal.Organisation ?? Guid.Empty, proposal.Content.Municipality, string.IsNullOrEmpty(kind) ? null : kind);
}

/// <summary>The reason of an official act: everybody reads it, so it is never empty.</summary>
internal static class Reasons
{
    const int Least = 5, Most = 1000;

    public static string Clean(string? reason) => PlainText.Paragraphs(reason);

    public static void IsReason<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(reason => Clean(reason).Length >= Least).WithMessage("proposals.reason.missing")
            .Must(reason => Clean(reason).Length <= Most).WithMessage("proposals.reason.long");
}
