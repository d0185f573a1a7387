using Discovery.Contracts.Identity;
using Discovery.Identity.Organisations;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Identity;

[Authorize]
internal sealed class NewOrganisationModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain
{
    [BindProperty] public RegisterOrganisation.Form Input { get; set; } = new();

    public List<SelectListItem> Kinds { get; private set; } = [];
    public List<SelectListItem> Municipalities { get; private set; } = [];

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var id = await mediator.Send(new RegisterOrganisation.Command(Input), ct);
        return Redirect($"{Places.Organisations}/{id}");
    }

    public async Task Load(CancellationToken ct)
    {
        user.MustKeepBooks();
        foreach (var lang in Lang.All) Input.Name.TryAdd(lang, "");
        Kinds = [.. OrganisationKinds.All.Select(k => new SelectListItem(text["kind." + k], k))];
        var regions = await mediator.Send(new ListRegions.Query(), ct);
        Municipalities = [.. regions.SelectMany(r => r.Cells.Select(c => new SelectListItem(regions.Count > 1 ? $"{c.Name.Here()} ({r.Name.Here()})" : c.Name.Here(), c.Key))).OrderBy(i => i.Text, StringComparer.CurrentCulture)];
        if (Municipalities.Count > 0) Municipalities.Insert(0, new(text["identity.organisation.municipality.none"], ""));
    }
}
