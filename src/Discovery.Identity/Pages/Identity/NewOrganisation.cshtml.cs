using Discovery.Identity.Organisations;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Identity;

/// <summary>Officials enter what they have seen papers of; participants enter their own and then prove that they may speak for it.</summary>
[Authorize]
internal sealed class NewOrganisationModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain, IOrganisationForm
{
    [BindProperty] public RegisterOrganisation.Form Input { get; set; } = new();

    public List<SelectListItem> Kinds { get; private set; } = [];
    public List<SelectListItem> Sizes { get; private set; } = [];
    public List<SelectListItem> Municipalities { get; private set; } = [];
    public bool KeepsBooks => user.KeepsBooks();

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var registered = await mediator.Send(new RegisterOrganisation.Command(Input), ct);
        return Redirect(KeepsBooks ? Places.Organisation(registered.Id) : Places.ClaimMandate(registered.Id) + (registered.IsNew ? "" : "?known=true"));
    }

    public async Task Load(CancellationToken ct)
    {
        if (!KeepsBooks) user.MustTakePart();
        foreach (var lang in Lang.All) Input.Name.TryAdd(lang, "");
        (Kinds, Sizes, Municipalities) = (Choices.Kinds(text), Choices.Sizes(text), Choices.Municipalities(text, await mediator.Send(new ListRegions.Query(), ct)));
    }
}
