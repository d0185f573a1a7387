using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Proposals.Data;
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
            db.Add(Act.Of(command.Official, Acts.Published, round.Id, proposal.Id, now, Reasons.Clean(command.Input.Reason)));
            await db.RememberAsync(command.Official, ct);
            await db.AnnouncePublicationAsync(proposal, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
