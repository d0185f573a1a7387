using Discovery.Platform;
using Discovery.Voting.Ledger;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Voting.Pages.Voting;

/// <summary>What the vote wants of an official, for the desk of the round to include.</summary>
[Authorize]
internal sealed class WaitingModel(IMediator mediator, CurrentUser user) : PageModel
{
    public GetTask.Answer It { get; private set; } = null!;

    public async Task OnGet(string round, CancellationToken ct) => It = await mediator.Send(new GetTask.Query(round, user), ct);
}
