using Discovery.Identity.Organisations;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>What waits here, for the desk of a round to include.</summary>
[Authorize]
internal sealed class WaitingModel(IMediator mediator) : PageModel
{
    public CountWaiting.Answer It { get; private set; } = null!;

    public async Task OnGet(string round, CancellationToken ct) => It = await mediator.Send(new CountWaiting.Query(round), ct);
}
