using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Endorsements;

/// <summary>An organisation supports a published proposal of others, or takes its support back, until the ballot list is frozen.</summary>
internal static class EndorseProposal
{
    public sealed record Form
    {
        /// <summary>May be left out where the person acts for one organisation only.</summary>
        public Guid? Organisation { get; init; }
    }

    /// <param name="Supports">False: takes it back.</param>
    public sealed record Command(string Round, int Number, CurrentUser Person, bool Supports, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapPut("/{number:int}/endorsement", async (string round, int number, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, number, user, true, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();
        round.MapDelete("/{number:int}/endorsement", async (string round, int number, Guid? @as, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, number, user, false, new() { Organisation = @as }), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (person, now) = (command.Person, await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            if (person.IsOfAuthority) throw new RuleBroken("proposals.endorse.official") { Status = 403 };
            var own = await db.ActsForAsync(person, now, ct);
            if (own.Count == 0) throw new RuleBroken("proposals.no-mandate") { Status = 403 };
            var organisation = command.Input.Organisation ?? (person.ActsFor is { } usual && own.Contains(usual) ? usual : own.Count == 1 ? own[0] : null as Guid?)
                ?? throw new ValidationException([new("Input.Organisation", "proposals.organisation.missing")]);
            if (!own.Contains(organisation)) throw new RuleBroken("proposals.no-mandate") { Status = 403 };
            MustBeTime(round);

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            (await db.LockDocketAsync(round.Id, ct)).MustBeOpen();
            var proposal = await db.Proposals.AsNoTracking().SingleOrDefaultAsync(p => p.Round == round.Id && p.Number == command.Number && p.PublishedAt != null, ct)
                ?? throw new RuleBroken("proposals.unknown") { Status = 404 };
            if (!command.Supports) await db.Endorsements.Where(e => e.Proposal == proposal.Id && e.Organisation == organisation).ExecuteDeleteAsync(ct);
            else if (!await db.Endorsements.AnyAsync(e => e.Proposal == proposal.Id && e.Organisation == organisation, ct))
            {
                await MustBeOfOthersAsync(proposal, organisation, round, ct);
                db.Add(new Endorsement { Proposal = proposal.Id, Organisation = organisation, Round = round.Id, Person = person.Id, At = now });
            }
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }

        // Whoever stands behind the proposal, or belongs to the same owner, has said so by proposing it.
        async Task MustBeOfOthersAsync(Proposal proposal, Guid organisation, RoundCopy round, CancellationToken ct)
        {
            List<Guid> authors = [.. proposal.CoAuthors, .. proposal.Organisation is { } author ? [author] : Array.Empty<Guid>()];
            var known = await db.Organisations.AsNoTracking().Where(o => o.Id == organisation || authors.Contains(o.Id)).ToListAsync(ct);
            var me = known.Single(o => o.Id == organisation);
            if (authors.Contains(organisation) || known.Exists(o => o.Id != organisation && o.Family == me.Family)) throw new RuleBroken("proposals.endorse.own");
            if (!round.Charter.Groups.Any(g => g.Kinds.Contains(me.Kind))) throw new RuleBroken("proposals.endorse.group");
        }
    }

    public static bool IsTime(RoundCopy round) => round.IsOpenFor(PhaseKinds.Proposals) || round.IsOpenFor(PhaseKinds.Admission);

    public static void MustBeTime(RoundCopy round)
    {
        if (round.IsPaused) throw new RuleBroken("round.paused");
        if (!IsTime(round)) throw new RuleBroken("proposals.endorse.time");
    }
}
