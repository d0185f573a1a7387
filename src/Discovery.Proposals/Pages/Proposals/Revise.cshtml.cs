using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

internal sealed class ReviseModel(IMediator mediator, ProposalsDb db, CurrentUser user) : PageModel, IProposalForm, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "number")]
    public int Number { get; set; }

    [BindProperty]
    public Content Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public GetProposal.View Proposal { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        Proposal = await mediator.Send(new GetProposal.Query(Slug, Number, user), ct);
        if (Proposal.State != "returned" || !Proposal.IsOwn) return Redirect(Places.Proposal(Slug, Number));
        Input = Proposal.Content;
        await Load(ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new ReviseProposal.Command(Slug, Number, user, Input), ct);
        return Redirect(Places.Proposal(Slug, Number));
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        Proposal = await mediator.Send(new GetProposal.Query(Slug, Number, user), ct);
        ProposalForm.Prepare(Input, ModelState);
    }
}
