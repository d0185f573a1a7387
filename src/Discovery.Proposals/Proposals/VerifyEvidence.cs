using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>A moderator or an official has seen a piece of evidence and says that it is what it says, or takes that back. It changes nothing in the text.</summary>
internal static class VerifyEvidence
{
    public sealed record Command(string Round, int Number, Guid Evidence, CurrentUser User, bool Holds) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapPut("/{number:int}/evidence/{evidence:guid}/verification", (string round, int number, Guid evidence, CurrentUser user, IMediator mediator, CancellationToken ct) => Send(new(round, number, evidence, user, true), mediator, ct)).RequireAuthorization();
        round.MapDelete("/{number:int}/evidence/{evidence:guid}/verification", (string round, int number, Guid evidence, CurrentUser user, IMediator mediator, CancellationToken ct) => Send(new(round, number, evidence, user, false), mediator, ct)).RequireAuthorization();
    }

    static async Task<IResult> Send(Command command, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(command, ct);
        return TypedResults.NoContent();
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            var region = round.Region.Slug;
            var own = await db.ActsForAsync(command.User, clock.GetUtcNow(), ct);
            var proposal = await db.Proposals.SingleOrDefaultAsync(p => p.Round == round.Id && p.Number == command.Number, ct);
            if (proposal is null || !proposal.IsVisibleTo(command.User, region, own) || proposal.Content.Details.Evidence.TrueForAll(e => e.Id != command.Evidence))
                throw new RuleBroken("proposals.unknown") { Status = 404 };
            if (!command.User.Is(Roles.Moderator, region)) command.User.Must(Roles.Official, region);
            if (proposal.IsOwnOf(command.User, own)) throw new RuleBroken("proposals.evidence.own") { Status = 403 };
            if (!proposal.Verify(command.Evidence, command.Holds)) return false;
            try { await db.SaveChangesAsync(ct); }
            catch (DbUpdateConcurrencyException) { throw new RuleBroken("proposals.changed"); }
            return true;
        }
    }
}
