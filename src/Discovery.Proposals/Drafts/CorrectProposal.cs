using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Drafts;

/// <summary>An author takes up an own proposal again: what was sent becomes a draft, and the proposal stays as it is until that is sent.</summary>
internal static class CorrectProposal
{
    public sealed record Command(string Round, int Number, CurrentUser Person) : IRequest<Answer>;

    public sealed record Answer(Guid Draft);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPost("/{number:int}/draft", async (string round, int number, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, number, user), ct))).RequireAuthorization();

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        public async Task<Answer> Handle(Command command, CancellationToken ct)
        {
            var person = command.Person;
            var round = await db.GetRound(command.Round, ct);
            var own = await db.ActsForAsync(person, clock.GetUtcNow(), ct);
            var proposal = await db.Proposals.AsNoTracking().SingleOrDefaultAsync(p => p.Round == round.Id && p.Number == command.Number, ct);
            if (proposal is null || !proposal.IsVisibleTo(person, round.Region.Slug, own)) throw new RuleBroken("proposals.unknown") { Status = 404 };
            if (person.IsOfAuthority || person.IsMachine) throw new RuleBroken("proposals.official") { Status = 403 };
            if (!(proposal.IsOwnOf(person, own) || proposal.IsAuthoredBy(own))) throw new RuleBroken("proposals.no-mandate") { Status = 403 };
            if (proposal.PublishedAt is not null) SubmitProposal.MustBeCollecting(round);
            else if (proposal.ReturnedAt is null) throw new RuleBroken("proposals.not-returned");

            var version = proposal.PublishedAt is null ? null as int? : proposal.Revision;
            // One at a time: the button pressed again opens what was begun, unless the proposal has changed since.
            if (await db.Drafts.AsNoTracking().FirstOrDefaultAsync(d => d.Round == round.Id && d.Person == person.Id && d.Proposal == proposal.Number && d.BaseVersion == version, ct) is { } begun) return new(begun.Id);
            var form = new SubmitProposal.Form(proposal);
            var draft = new Draft { Id = Guid.CreateVersion7(), Round = round.Id, Person = person.Id, Proposal = proposal.Number, BaseVersion = version, Json = Draft.Write(form), SavedAt = await db.ClockAsync(clock, ct) };
            db.Add(draft);
            await db.SaveChangesAsync(ct);
            return new(draft.Id);
        }
    }
}
