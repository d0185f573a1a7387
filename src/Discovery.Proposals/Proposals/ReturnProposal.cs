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

/// <summary>An official gives a submitted proposal back to its author and says what to mend.</summary>
internal static class ReturnProposal
{
    public sealed record Command(string Round, int Number, CurrentUser Official, PublishProposal.Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/{number:int}/return", async (string round, int number, PublishProposal.Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
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
            var proposal = await db.Proposals.SingleOrDefaultAsync(p => p.Round == round.Id && p.Number == command.Number, ct)
                ?? throw new RuleBroken("proposals.unknown") { Status = 404 };
            if (proposal.IsWaiting) proposal.MustBeAt(command.Input.Version);

            var (now, reason) = (clock.GetUtcNow(), Reasons.Clean(command.Input.Reason));
            if (!proposal.Return(reason, now)) return false;
            db.Add(Act.Of(command.Official, Acts.Returned, round.Id, proposal.Id, now, reason));
            await db.RememberAsync(command.Official, ct);
            try { await db.SaveChangesAsync(ct); }
            catch (DbUpdateConcurrencyException) { throw new RuleBroken("proposals.changed"); }
            return true;
        }
    }
}
