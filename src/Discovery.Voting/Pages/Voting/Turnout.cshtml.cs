using Discovery.Platform;
using Discovery.Voting.Electorate;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Voting.Pages.Voting;

/// <summary>Who may vote and who did, for the desk of the round to include.</summary>
[Authorize]
internal sealed class TurnoutModel(IMediator mediator, CurrentUser user) : PageModel
{
    public GetTurnout.Answer It { get; private set; } = null!;

    public async Task OnGet(string round, CancellationToken ct) => It = await mediator.Send(new GetTurnout.Query(round, user), ct);
}
