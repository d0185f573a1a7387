using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Lists;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

[SharedPage]
internal sealed class ListModel(IMediator mediator, ProposalsDb db, CurrentUser user) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [BindProperty]
    public FreezeBallotList.Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public GetBallotList.View List { get; private set; } = null!;
    public bool IsOfficial => user.Is(Roles.Official, Round.Region.Slug);

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new FreezeBallotList.Command(Slug, user, Input), ct);
        return Redirect(Places.BallotList(Slug));
    }

    public async Task<IActionResult> OnPostWithdraw(CancellationToken ct)
    {
        await mediator.Send(new WithdrawFreeze.Command(Slug, user), ct);
        return Redirect(Places.BallotList(Slug));
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        List = await mediator.Send(new GetBallotList.Query(Slug, user), ct);
    }
}
