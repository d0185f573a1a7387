using Discovery.Contracts.Rounds;
using Discovery.Identity.Organisations;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class FindOrganisationModel(IMediator mediator, CurrentUser user) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Find { get; set; }

    public FindOrganisation.Found Found { get; private set; } = null!;
    public IReadOnlyDictionary<string, Cell> Cells { get; private set; } = null!;
    public bool HasAsked => !string.IsNullOrWhiteSpace(Find);

    public async Task OnGet(CancellationToken ct)
    {
        user.MustTakePart();
        Found = await mediator.Send(new FindOrganisation.Query(Find), ct);
        Cells = (await mediator.Send(new ListRegions.Query(), ct)).SelectMany(r => r.Cells).DistinctBy(c => c.Key).ToDictionary(c => c.Key);
    }
}
