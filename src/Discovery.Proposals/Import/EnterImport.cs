using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Search;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Import;

/// <summary>Enters exactly the file that was looked at, all of it or nothing. Its proposals are handed in like any other, and wait for a decision.</summary>
internal static class EnterImport
{
    public sealed record Form
    {
        /// <summary>Of the file that was looked at.</summary>
        public string? Hash { get; init; }
    }

    public sealed record Command(string Round, Guid Batch, CurrentUser Official, Form Input) : IRequest<Answer>;

    public sealed record Answer(int Entered);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPost("/imports/{batch:guid}/entry", async (string round, Guid batch, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, batch, user, form), ct))).RequireAuthorization();

    public sealed class Handler(ProposalsDb db, PublishedLists lists, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        public async Task<Answer> Handle(Command command, CancellationToken ct)
        {
            var published = await lists.OfAsync(db, command.Round, ct);
            var round = published.Round;
            command.Official.MustRun(round.Region.Slug, round.Charter.Origin);
            SubmitProposal.MustBeCollecting(round);

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // The lock comes first: whoever enters the same file twice, or the same titles by hand, waits here.
            var docket = await db.LockDocketAsync(round.Id, ct);
            docket.MustBeOpen();
            var batch = await db.Imports.SingleOrDefaultAsync(b => b.Id == command.Batch && b.Round == round.Id, ct) ?? throw new RuleBroken("proposals.import.unknown") { Status = 404 };
            if (batch.EnteredAt is not null) return new(batch.Count);
            if (batch.Hash != command.Input.Hash) throw new RuleBroken("proposals.import.changed");
            var reading = await ImportSheet.ReadAsync(db, published, batch.File!, clock, ct);
            if (reading.Faults.Count > 0) throw new RuleBroken("proposals.import.faults");

            var now = clock.GetUtcNow();
            foreach (var item in reading.Items)
                SubmitProposal.HandIn(db, round, docket, item.Content, item.Organisation, [], Guid.Empty, now, batch, command.Official.Id);
            batch.Enter(reading.Items.Count, now);
            await db.RememberAsync(command.Official, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new(batch.Count);
        }
    }
}
