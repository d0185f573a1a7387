using Discovery.Platform;
using Discovery.Rounds.Data;
using Discovery.Rounds.Wheel;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Rounds;

/// <summary>The RIS3 wheel as the public sees it: nothing but what officials have confirmed.</summary>
internal sealed class WheelModel(IMediator mediator, RoundsDb db, CurrentUser user) : PageModel
{
    public GetWheel.View It { get; private set; } = null!;
    public RoundCopy Copy { get; private set; } = null!;
    public bool MayRun => It.MayConfirm && !user.IsTool;

    public async Task OnGet(string round, CancellationToken ct)
    {
        Copy = await db.GetRound(round, ct);
        It = await mediator.Send(new GetWheel.Query(round), ct);
    }
}
