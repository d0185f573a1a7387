using Discovery.Identity.Organisations;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>Who could take part, for the desk of a round to include.</summary>
[Authorize]
internal sealed class ParticipationModel(IMediator mediator) : PageModel
{
    public GetParticipation.Answer It { get; private set; } = null!;

    public async Task OnGet(string round, CancellationToken ct) => It = await mediator.Send(new GetParticipation.Query(round), ct);
}
