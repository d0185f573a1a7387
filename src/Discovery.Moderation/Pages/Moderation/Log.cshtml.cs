using Discovery.Moderation.Log;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Moderation.Pages.Moderation;

/// <summary>What moderation has done in the round, for everybody.</summary>
[SharedPage]
internal sealed class LogModel(IMediator mediator) : PageModel
{
    public GetLog.View It { get; private set; } = null!;

    public async Task OnGet(string round, [FromQuery] string? what, [FromQuery] string? p, CancellationToken ct) =>
        It = await mediator.Send(new GetLog.Query(round, what, int.TryParse(p, out var page) ? page : 1), ct);
}
