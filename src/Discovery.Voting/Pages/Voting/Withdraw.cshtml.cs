using Discovery.Platform;
using Discovery.Site;
using Discovery.Voting.Ballots;
using Discovery.Voting.Data;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Voting.Pages.Voting;

/// <summary>The step between the wish to take a ballot back and the act.</summary>
[Authorize]
internal sealed class WithdrawModel(IMediator mediator, VotingDb db, CurrentUser user) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public Guid? As { get; set; }

    public RoundCopy Round { get; private set; } = null!;
    public GetMyBallot.Answer Mine { get; private set; } = null!;
    public string PersonName => user.Name;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        await Load(ct);
        return Mine.Ballot is null ? Redirect(Places.Ballot(Slug)) : Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct) =>
        Redirect(ReceiptModel.PlaceOf(Slug, await mediator.Send(new WithdrawBallot.Command(Slug, user, As), ct), "withdrawn"));

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        Mine = await mediator.Send(new GetMyBallot.Query(Slug, user, As), ct);
    }
}
