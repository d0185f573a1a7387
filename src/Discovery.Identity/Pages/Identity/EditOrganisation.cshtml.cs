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
internal sealed class EditOrganisationModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain, IOrganisationForm
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public EditOrganisation.Form Input { get; set; } = new();

    public string Name { get; private set; } = "";
    public List<SelectListItem> Kinds { get; private set; } = [];
    public List<SelectListItem> Sizes { get; private set; } = [];
    public List<SelectListItem> Municipalities { get; private set; } = [];

    RegisterOrganisation.Form IOrganisationForm.Input => Input;

    public async Task OnGet(CancellationToken ct)
    {
        Input = await mediator.Send(new EditOrganisation.Query(Id), ct);
        await Load(ct);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new EditOrganisation.Command(Id, Input), ct);
        return Redirect(Places.Organisation(Id));
    }

    public async Task Load(CancellationToken ct)
    {
        user.MustKeepBooks();
        Name = (await mediator.Send(new GetOrganisation.Query(Id), ct)).Name.Here();
        foreach (var lang in Lang.All) Input.Name.TryAdd(lang, "");
        (Kinds, Sizes, Municipalities) = (Choices.Kinds(text), Choices.Sizes(text), Choices.Municipalities(text, await mediator.Send(new ListRegions.Query(), ct)));
    }
}
