using Discovery.Identity.Organisations;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>The officials' queue.</summary>
[Authorize]
internal sealed class ClaimsModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "p")] public int? Number { get; set; }

    public ListClaims.Queue Queue { get; private set; } = null!;
    public int Pages => (Queue.Total + ListClaims.PageSize - 1) / ListClaims.PageSize;

    public async Task OnGet(CancellationToken ct) => Queue = await mediator.Send(new ListClaims.Query(Number ?? 1), ct);
}
