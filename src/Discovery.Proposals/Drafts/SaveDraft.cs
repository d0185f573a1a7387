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

namespace Discovery.Proposals.Drafts;

/// <summary>Keeps what somebody is writing, whatever state it and the round are in: a draft outlives its phase.</summary>
internal static class SaveDraft
{
    const int MostDrafts = 20, MostCharacters = 100_000;

    /// <param name="Draft">The draft that is saved again; null for a new one.</param>
    /// <param name="Version">As the writer has seen it; null where only the text matters and the last word wins.</param>
    public sealed record Command(string Round, CurrentUser Person, SubmitProposal.Form Input, Guid? Draft = null, int? Version = null) : IRequest<Saved>;

    public sealed record Saved(Guid Id, int Version, DateTimeOffset SavedAt);

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapPost("/drafts", async (string round, SubmitProposal.Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, user, form), ct))).RequireAuthorization();
        round.MapPut("/drafts/{draft:guid}", async (string round, Guid draft, int? version, SubmitProposal.Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, user, form, draft, version), ct))).RequireAuthorization();
        round.MapDelete("/drafts/{draft:guid}", async (string round, Guid draft, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Discard(round, user, draft), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Input).Must(i => Draft.Write(i).Length <= MostCharacters).WithMessage("proposals.draft.long").OverridePropertyName("Input.Today");
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, Saved>
    {
        public async Task<Saved> Handle(Command command, CancellationToken ct)
        {
            var (person, now) = (command.Person, await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            if (!person.IsSignedIn) throw new RuleBroken("denied.sign-in") { Status = 403 };
            if (person.IsOfAuthority || person.IsMachine || person.IsTool) throw new RuleBroken("proposals.official") { Status = 403 };
            Draft draft;
            if (command.Draft is { } id)
            {
                draft = await db.OwnDraftAsync(round.Id, id, person, ct);
                if (command.Version is { } version && version != draft.Version) throw new RuleBroken("proposals.draft.elsewhere");
                (draft.Json, draft.SavedAt) = (Draft.Write(command.Input), now);
                draft.Version++;
            }
            else
            {
                if (await db.Drafts.CountAsync(d => d.Person == person.Id, ct) >= MostDrafts) throw new RuleBroken("proposals.draft.many", MostDrafts);
                db.Add(draft = new() { Id = Guid.CreateVersion7(), Round = round.Id, Person = person.Id, Json = Draft.Write(command.Input), SavedAt = now });
            }
            try { await db.SaveChangesAsync(ct); }
            catch (DbUpdateConcurrencyException) { throw new RuleBroken("proposals.draft.elsewhere"); }
            return new(draft.Id, draft.Version, draft.SavedAt);
        }
    }

    /// <summary>The writer throws it away; gone is gone.</summary>
    public sealed record Discard(string Round, CurrentUser Person, Guid Draft) : IRequest<bool>;

    public sealed class DiscardHandler(ProposalsDb db) : IRequestHandler<Discard, bool>
    {
        public async Task<bool> Handle(Discard command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            db.Remove(await db.OwnDraftAsync(round.Id, command.Draft, command.Person, ct));
            db.RemoveRange(await db.Attachments.Where(a => a.Draft == command.Draft).ToListAsync(ct));
            await db.SaveChangesAsync(ct);
            return true;
        }
    }

    /// <summary>The person's own draft, or the answer 404: to everybody else it does not exist.</summary>
    public static async Task<Draft> OwnDraftAsync(this ProposalsDb db, Guid round, Guid id, CurrentUser person, CancellationToken ct) =>
        person.IsSignedIn && await db.Drafts.SingleOrDefaultAsync(d => d.Id == id && d.Round == round && d.Person == person.Id, ct) is { } draft
            ? draft : throw new RuleBroken("proposals.draft.unknown") { Status = 404 };
}
