using Discovery.Contracts.Moderation;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Import;

/// <summary>Takes an entered file back as a whole, while all of it still waits. Twice is once. The numbers are not given again.</summary>
internal static class UndoImport
{
    public sealed record Command(string Round, Guid Batch, CurrentUser Official) : IRequest<Unit>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapDelete("/imports/{batch:guid}/entry", async (string round, Guid batch, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, batch, user), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, Unit>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            command.Official.MustRun(round.Region.Slug, round.Charter.Origin);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            await db.LockDocketAsync(round.Id, ct);
            var batch = await db.Imports.SingleOrDefaultAsync(b => b.Id == command.Batch && b.Round == round.Id, ct) ?? throw new RuleBroken("proposals.import.unknown") { Status = 404 };
            if (batch.EnteredAt is null) throw new RuleBroken("proposals.import.not-entered");
            if (batch.UndoneAt is not null) return Unit.Value;

            var entered = await db.Proposals.Where(p => p.Batch == batch.Id).ToListAsync(ct);
            if (!entered.TrueForAll(IsUndecided)) throw new RuleBroken("proposals.import.decided");
            var now = clock.GetUtcNow();
            foreach (var proposal in entered)
                db.Announce(new ContentSubmitted(round.Id, proposal.Id, proposal.Submission + 1, now, ContentKinds.Proposal, proposal.Number, $"/rounds/{round.Slug}/proposals/{proposal.Number}", proposal.Content.Title, [],
                    proposal.AuthorPerson, [proposal.Organisation!.Value], false, ContentSubmitted.Reasons.Gone));
            var ids = entered.ConvertAll(p => p.Id);
            db.RemoveRange(await db.Revisions.Where(r => ids.Contains(r.Proposal)).ToListAsync(ct));
            db.RemoveRange(entered);
            batch.Undo(now);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return Unit.Value;
        }
    }

    /// <summary>It waits as it was entered.</summary>
    public static bool IsUndecided(Proposal proposal) => proposal is { IsWaiting: true, Version: 1 };
}
