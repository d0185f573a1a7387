using Discovery.Moderation.Cases;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Moderation.Pages.Moderation;

/// <summary>What waits here, for the desk of the round to include.</summary>
[Authorize]
internal sealed class WaitingModel(IMediator mediator, CurrentUser user) : PageModel
{
    public CountWaiting.Answer It { get; private set; } = null!;

    public async Task OnGet(string round, CancellationToken ct) => It = await mediator.Send(new CountWaiting.Query(round, user), ct);
}
