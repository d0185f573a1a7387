using Discovery.Platform;
using Discovery.Rounds.Charters;
using Discovery.Rounds.Data;
using Discovery.Rounds.Desk;
using Discovery.Rounds.Phases;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Rounds;

/// <summary>The official's desk of a round: where it stands, what is missing, what may be done now.</summary>
[Authorize]
internal sealed class RunModel(IMediator mediator, RoundsDb db, CurrentUser user) : PageModel, IShownAgain
{
    [BindProperty(SupportsGet = true)] public string Round { get; set; } = "";
    [BindProperty] public Reasoned Input { get; set; } = new();

    public GetRound.View It { get; private set; } = null!;

    public RoundCopy Copy { get; private set; } = null!;
    public GetDesk.View Desk { get; private set; } = null!;

    public GetRound.PhaseView? Running => It.Phases.FirstOrDefault(p => p.Kind == It.Phase);
    public GetRound.PhaseView? Next => It.Status == "published" ? It.Phases.FirstOrDefault(p => p.StartedAt is null) : null;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if ((await mediator.Send(new GetRound.Query(Round), ct)).Status == "draft") return Redirect(Places.Ready(Round));
        await Load(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostStart(string kind, CancellationToken ct)
    {
        await mediator.Send(new StartPhase.Command(Round, kind, Input), ct);
        return Redirect(Places.RunRound(Round));
    }

    public async Task<IActionResult> OnPostEnd(string kind, CancellationToken ct)
    {
        await mediator.Send(new EndPhase.Command(Round, kind, Input), ct);
        return Redirect(Places.RunRound(Round));
    }

    public async Task Load(CancellationToken ct)
    {
        It = await mediator.Send(new GetRound.Query(Round), ct);
        user.MustRun(It.Region.Slug, It.Origin);
        Copy = await db.GetRound(Round, ct);
        Desk = await mediator.Send(new GetDesk.Query(Round), ct);
    }
}
