using Discovery.Identity.Organisations;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class OrganisationsModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Find { get; set; }
    [BindProperty(SupportsGet = true, Name = "p")] public int? Number { get; set; }

    public ListOrganisations.Found Found { get; private set; } = null!;
    public bool KeepsBooks => new CurrentUser(User).KeepsBooks();
    public bool IsOfAuthority => new CurrentUser(User).IsOfAuthority;
    public int Pages => (Found.Total + ListOrganisations.PageSize - 1) / ListOrganisations.PageSize;

    public async Task OnGet(CancellationToken ct) => Found = await mediator.Send(new ListOrganisations.Query(Find, Number ?? 1), ct);
}
