using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Drafts;
using Discovery.Proposals.Participants;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Similar;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Pages.Proposals;

internal sealed class NewModel(IMediator mediator, ProposalsDb db, CurrentUser user, Words<Texts> text, When when, TimeProvider clock) : PageModel, IProposalForm, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [BindProperty]
    public SubmitProposal.Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;

    /// <summary>Organisations that the person may act for.</summary>
    public IReadOnlyList<OrganisationCard> Own { get; private set; } = [];

    /// <summary>Who has said for whom to act must not unsay it here by an empty line.</summary>
    public IEnumerable<SelectListItem> Choices =>
        [.. Own.Any(o => o.Id == user.ActsFor) ? [] : new[] { new SelectListItem(text["form.choose"], "") }, .. Own.Select(o => new SelectListItem(o.Name.Here(), o.Id.ToString()))];

    /// <summary>Why this person cannot propose now: collecting, anonymous, official, mandate, paused; null when nothing is in the way.</summary>
    public string? Obstacle { get; private set; }

    /// <summary>The draft that is worked on, and its version as this page has shown it.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Draft { get; set; }

    [BindProperty]
    public int? Version { get; set; }

    /// <summary>When the draft was saved.</summary>
    public DateTimeOffset? SavedAt { get; private set; }

    /// <summary>The text could not be sent and was kept.</summary>
    public bool IsKept { get; private set; }

    /// <summary>There is something to write on: what cannot be sent now may still be kept.</summary>
    public bool MayWrite => Obstacle is null || (Draft is not null && Obstacle is "late" or "early" or "mandate" or "paused");

    /// <summary>What others have published and says nearly the same: asked about once, when everything else is right.</summary>
    public IReadOnlyList<FindSimilar.Similar> Similar { get; private set; } = [];

    /// <summary>The writer has seen them and goes on.</summary>
    [BindProperty]
    public bool Seen { get; set; }

    Content IProposalForm.Input => Input;

    public async Task OnGet(CancellationToken ct)
    {
        if (Draft is { } draft)
        {
            var view = await mediator.Send(new GetDraft.Query(Slug, user, draft), ct);
            (Input, Version, SavedAt) = (view.Form, view.Version, view.SavedAt);
        }
        await Load(ct);
        if (Input.Organisation is null && Own.Any(o => o.Id == user.ActsFor)) Input = Input with { Organisation = user.ActsFor };
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!Seen && await LookAroundAsync(ct)) return Page();
        try
        {
            var answer = await mediator.Send(new SubmitProposal.Command(Slug, user, Input, Draft), ct);
            return Redirect(Places.Proposal(Slug, answer.Number));
        }
        catch (RuleBroken rule) when (user.IsSignedIn && !user.IsOfAuthority && rule.Code is "proposals.not-collecting" or "round.paused" or "proposals.no-mandate" or "proposals.list.is-frozen")
        {
            // The phase may end while somebody writes: nothing typed is lost.
            await KeepAsync(ct);
            IsKept = true;
            throw;
        }
    }

    /// <summary>The button, or the script that saves from time to time and takes the answer as JSON.</summary>
    public async Task<IActionResult> OnPostSave(CancellationToken ct)
    {
        var saved = await KeepAsync(ct);
        if (Request.Headers.Accept == "application/json") return new JsonResult(new { saved.Id, saved.Version, said = text["proposals.draft.saved", when.Moment(saved.SavedAt, await db.GetRound(Slug, ct))] });
        return Redirect($"{Places.Propose(Slug)}?draft={saved.Id}");
    }

    public async Task<IActionResult> OnPostDiscard(CancellationToken ct)
    {
        if (Draft is { } draft) await mediator.Send(new SaveDraft.Discard(Slug, user, draft), ct);
        return Redirect(Places.Proposals(Slug));
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        var own = await db.ActsForAsync(user, clock.GetUtcNow(), ct);
        Own = (await db.Organisations.AsNoTracking().Where(o => own.Contains(o.Id)).ToListAsync(ct)).ConvertAll(OrganisationCard.Of);
        Obstacle = user.IsOfAuthority ? "official"
            : !Round.IsIn(PhaseKinds.Proposals) ? Round.HasStarted(PhaseKinds.Proposals) || Round.IsClosed ? "late" : "early"
            : !user.IsSignedIn ? "anonymous"
            : Own.Count == 0 ? "mandate"
            : Round.IsPaused ? "paused" : null;
        ProposalForm.Prepare(Input, ModelState);
    }

    async Task<bool> LookAroundAsync(CancellationToken ct)
    {
        await Load(ct);
        // Who may not send it hears that first.
        if (Obstacle is not null || !Own.Any(o => o.Id == (Input.Organisation ?? user.ActsFor)) || !(await new SubmitProposal.Validator(clock).ValidateAsync(new SubmitProposal.Command(Slug, user, Input), ct)).IsValid) return false;
        Similar = await mediator.Send(new FindSimilar.Query(Slug, Input), ct);
        return Similar.Count > 0;
    }

    async Task<SaveDraft.Saved> KeepAsync(CancellationToken ct)
    {
        var saved = await mediator.Send(new SaveDraft.Command(Slug, user, Input, Draft, Version), ct);
        (Draft, Version, SavedAt) = (saved.Id, saved.Version, saved.SavedAt);
        // The form shows what ModelState remembers, and it remembers that there was no draft.
        ModelState.Remove(nameof(Draft));
        ModelState.Remove(nameof(Version));
        return saved;
    }
}
