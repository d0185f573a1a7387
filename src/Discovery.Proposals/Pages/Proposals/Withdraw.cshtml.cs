using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

[Authorize]
internal sealed class WithdrawModel(IMediator mediator, ProposalsDb db, CurrentUser user) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "number")]
    public int Number { get; set; }

    [BindProperty]
    public WithdrawProposal.Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!(await mediator.Send(new GetProposal.Query(Slug, Number, user), ct)).MayWithdraw) return Redirect(Places.Proposal(Slug, Number));
        await Load(ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new WithdrawProposal.Command(Slug, Number, user, Input), ct);
        return Redirect(Places.Proposal(Slug, Number));
    }

    public async Task Load(CancellationToken ct) => Round = await db.GetRound(Slug, ct);
}
