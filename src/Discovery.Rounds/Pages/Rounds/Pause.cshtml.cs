using Discovery.Platform;
using Discovery.Rounds.Charters;
using Discovery.Rounds.Data;
using Discovery.Rounds.Phases;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Rounds;

/// <summary>Stops the round or lets it go on.</summary>
[Authorize]
internal sealed class PauseModel(IMediator mediator, RoundsDb db, CurrentUser user) : PageModel, IShownAgain
{
    [BindProperty(SupportsGet = true)] public string Round { get; set; } = "";
    /// <summary>What the button said: somebody else may have done the same meanwhile.</summary>
    [BindProperty] public bool Goes { get; set; }

    [BindProperty] public Reasoned Input { get; set; } = new();

    public GetRound.View It { get; private set; } = null!;
    public RoundCopy Copy { get; private set; } = null!;

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await Load(ct);
        await mediator.Send(new PauseRound.Command(Round, Goes, Input), ct);
        return Redirect(Places.RunRound(Round));
    }

    public async Task Load(CancellationToken ct)
    {
        It = await mediator.Send(new GetRound.Query(Round), ct);
        user.MustRun(It.Region.Slug, It.Origin);
        Copy = await db.GetRound(Round, ct);
    }
}
