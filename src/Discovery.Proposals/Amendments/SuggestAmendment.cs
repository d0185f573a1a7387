using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Versions;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Amendments;

/// <summary>Somebody with a verified mandate suggests other words for a published proposal of others, with a reason.</summary>
internal static class SuggestAmendment
{
    const int MostOpen = 5;

    /// <summary>Of the content only the five texts that everybody must answer are taken; a text that is empty stays as it is.</summary>
    public sealed record Form : Content
    {
        public string? Reason { get; init; }

        /// <summary>May be left out where the person acts for one organisation only.</summary>
        public Guid? Organisation { get; init; }

        /// <summary>The version that was read; without it the one that stands now.</summary>
        public int? BaseVersion { get; init; }

        public Form() { }

        /// <summary>The words as they stand, to be changed.</summary>
        public Form(Content content) : base(content) { }
    }

    public sealed record Command(string Round, int Number, CurrentUser Person, Form Input) : IRequest<Answer>;

    public sealed record Answer(Guid Id);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPost("/{number:int}/amendments", async (string round, int number, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, number, user, form), ct)))
            .RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Input.Reason).IsReason();
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        readonly ContentRules rules = new(clock);

        public async Task<Answer> Handle(Command command, CancellationToken ct)
        {
            var (person, input, now) = (command.Person, command.Input, await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            if (person.IsOfAuthority) throw new RuleBroken("proposals.amendment.official") { Status = 403 };
            var own = await db.ActsForAsync(person, now, ct);
            if (own.Count == 0) throw new RuleBroken("proposals.no-mandate") { Status = 403 };

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            (await db.LockDocketAsync(round.Id, ct)).MustBeChangeable(round);
            var proposal = await db.PublishedAsync(round.Id, command.Number, ct);
            if (proposal.IsAuthoredBy(own)) throw new RuleBroken("proposals.amendment.own");
            var organisation = input.Organisation ?? (person.ActsFor is { } usual && own.Contains(usual) ? usual : own.Count == 1 ? own[0] : null as Guid?)
                ?? throw new ValidationException([new("Input.Organisation", "proposals.organisation.missing")]);
            if (!own.Contains(organisation)) throw new RuleBroken("proposals.no-mandate") { Status = 403 };
            if (await db.Amendments.CountAsync(a => a.Round == round.Id && a.Person == person.Id && a.State == AmendmentStates.Open, ct) >= MostOpen) throw new RuleBroken("proposals.amendment.many", MostOpen) { Status = 429 };

            var version = input.BaseVersion ?? proposal.Revision;
            var was = (await db.RevisionsAsync(proposal, ct)).FirstOrDefault(r => r.Number == version)?.Content ?? throw new RuleBroken("proposals.edited-meanwhile", proposal.Revision);
            var texts = Wording.Changed(was, input.Cleaned());
            if (texts.Count == 0) throw new RuleBroken("proposals.amendment.nothing");
            var amendment = new Amendment
            {
                Id = Guid.CreateVersion7(), Round = round.Id, Proposal = proposal.Id, BaseVersion = version, Json = Amendment.Write(texts), Reason = Reasons.Clean(input.Reason),
                Organisation = organisation, Person = person.Id, At = now,
            };
            if (amendment.IsOvertaken(was, proposal.Content)) throw new RuleBroken("proposals.edited-meanwhile", proposal.Revision);
            await rules.MustFitAsync(amendment.On(proposal.Content), texts, ct);

            await db.KeepCurrentAsync(proposal, ct);
            db.Add(amendment);
            await db.NoteAsync(proposal.Id, "amendment-suggested", person.Id, new(Text: amendment.Reason), now, ct);
            await db.RememberAsync(person, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new(amendment.Id);
        }
    }
}
