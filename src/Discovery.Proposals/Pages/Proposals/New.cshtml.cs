using Discovery.Platform;
using Discovery.Contracts.Rounds;
using Discovery.Proposals.Data;
using Discovery.Proposals.Participants;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Pages.Proposals;

internal sealed class NewModel(IMediator mediator, ProposalsDb db, CurrentUser user, Words<Texts> text, TimeProvider clock) : PageModel, IProposalForm, IShownAgain
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

    /// <summary>Why this person cannot propose now: collecting, anonymous, official, mandate; null when nothing is in the way.</summary>
    public string? Obstacle { get; private set; }

    Content IProposalForm.Input => Input;

    public async Task OnGet(CancellationToken ct)
    {
        await Load(ct);
        if (Own.Any(o => o.Id == user.ActsFor)) Input = Input with { Organisation = user.ActsFor };
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var answer = await mediator.Send(new SubmitProposal.Command(Slug, user, Input), ct);
        return Redirect(Places.Proposal(Slug, answer.Number));
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        var own = await db.ActsForAsync(user, clock.GetUtcNow(), ct);
        Own = (await db.Organisations.AsNoTracking().Where(o => own.Contains(o.Id)).ToListAsync(ct)).ConvertAll(OrganisationCard.Of);
        Obstacle = user.IsOfAuthority ? "official"
            : !Round.IsIn(PhaseKinds.Proposals) ? Round.HasStarted(PhaseKinds.Proposals) || Round.IsClosed ? "late" : "early"
            : !user.IsSignedIn ? "anonymous"
            : Own.Count == 0 ? "mandate" : null;
        ProposalForm.Prepare(Input, ModelState);
    }
}
