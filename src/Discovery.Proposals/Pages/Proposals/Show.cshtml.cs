using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Proposals.Catalogue;
using Discovery.Proposals.Data;
using Discovery.Proposals.Drafts;
using Discovery.Proposals.Endorsements;
using Discovery.Proposals.Participants;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Proposals.Pages.Proposals;

[SharedPage]
internal sealed class ShowModel(IMediator mediator, ProposalsDb db, CurrentUser user) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "number")]
    public int Number { get; set; }

    public RoundCopy Round { get; private set; } = null!;
    public GetProposal.View Proposal { get; private set; } = null!;
    public GetUniqueness.View Uniqueness { get; private set; } = null!;

    public bool IsOfficial => user.Is(Roles.Official, Round.Region.Slug);
    public bool MayModerate => IsOfficial || user.Is(Roles.Moderator, Round.Region.Slug);
    public bool MayVerify => MayModerate && !Proposal.IsOwn;
    public bool MayVote => Proposal.IsListed && Round.IsIn(PhaseKinds.Voting) && !user.IsOfAuthority;
    public Cell? Municipality => Round.Region.Cells.FirstOrDefault(c => c.Key == Proposal.Content.Municipality);

    [BindProperty]
    public EndorseProposal.Form Input { get; set; } = new();

    /// <summary>The asker's organisations that support it already.</summary>
    public IEnumerable<OrganisationCard> Supporting => Proposal.Mine.Where(m => Proposal.Support.Organisations.Any(o => o.Id == m.Id));

    public IEnumerable<SelectListItem> Others => Proposal.Mine.Except(Supporting).Select(m => new SelectListItem(m.Name.Here(), m.Id.ToString()));

    public Task OnGet(CancellationToken ct) => Load(ct);

    public Task<IActionResult> OnPostEndorse(CancellationToken ct) => EndorseAsync(true, ct);

    public Task<IActionResult> OnPostTakeBack(CancellationToken ct) => EndorseAsync(false, ct);

    public async Task<IActionResult> OnPostVerify(Guid evidence, bool holds, CancellationToken ct)
    {
        await mediator.Send(new VerifyEvidence.Command(Slug, Number, evidence, user, holds), ct);
        return Redirect(Places.Proposal(Slug, Number) + "#evidence");
    }

    public async Task<IActionResult> OnPostCorrect(CancellationToken ct) =>
        Redirect($"{Places.Propose(Slug)}?draft={(await mediator.Send(new CorrectProposal.Command(Slug, Number, user), ct)).Draft}");

    async Task<IActionResult> EndorseAsync(bool supports, CancellationToken ct)
    {
        await mediator.Send(new EndorseProposal.Command(Slug, Number, user, supports, Input), ct);
        return Redirect(Places.Proposal(Slug, Number) + "#support");
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        Proposal = await mediator.Send(new GetProposal.Query(Slug, Number, user), ct);
        Uniqueness = await mediator.Send(new GetUniqueness.Query(Slug, Number, user), ct);
    }
}
