using Discovery.Aggregation.Results;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Aggregation.Pages.Aggregation;

/// <summary>What the count wants of an official, for the desk of the round to include.</summary>
[Authorize]
internal sealed class WaitingModel(IMediator mediator, CurrentUser user) : PageModel
{
    public CountWaiting.Answer It { get; private set; } = null!;

    public async Task OnGet(string round, CancellationToken ct) => It = await mediator.Send(new CountWaiting.Query(round, user), ct);
}
