using Discovery.Identity.Accounts;
using Discovery.Identity.Organisations;
using Discovery.Identity.People;
using Discovery.Platform;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Identity;

[Authorize]
internal sealed class NewPersonModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain
{
    [BindProperty] public CreateAccount.Form Input { get; set; } = new();

    /// <summary>Without its region; <c>none</c> for a participant.</summary>
    [BindProperty] public string Role { get; set; } = "none";

    [BindProperty] public string? Region { get; set; }

    /// <summary>A region that has no round yet.</summary>
    [BindProperty] public string? Other { get; set; }

    /// <summary>With the password: it is on this one answer and nowhere else.</summary>
    public CreateAccount.Account? Made { get; private set; }

    public List<SelectListItem> RoleItems { get; private set; } = [];
    public List<SelectListItem> Regions { get; private set; } = [];
    public bool MayNameRegions => user.RegionsOf(Platform.Roles.Administrator).Contains("*");

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task OnPost(CancellationToken ct)
    {
        // Only what the form has: whatever else is posted says nothing.
        var role = Role == "none" ? null : $"{(string.IsNullOrWhiteSpace(Other) ? Region : Other.Trim())}:{Role}";
        try { Made = await mediator.Send(new CreateAccount.Command(new() { Email = Input.Email, DisplayName = Input.DisplayName, Roles = role is null ? [] : [role] }), ct); }
        catch (ValidationException invalid) when (invalid.Errors.Any(e => e.PropertyName.StartsWith("Input.Roles", StringComparison.Ordinal)))
        {
            throw new ValidationException([.. invalid.Errors.Where(e => !e.PropertyName.StartsWith("Input.Roles", StringComparison.Ordinal)), new(string.IsNullOrWhiteSpace(Other) ? nameof(Region) : nameof(Other), string.IsNullOrWhiteSpace(Other) ? "identity.person.region.choose" : "identity.people.new.other.wrong")]);
        }
        ModelState.Clear();
        await Load(ct);
    }

    public async Task Load(CancellationToken ct)
    {
        user.MustKeepBooks();
        var mine = RegionName.Of(await mediator.Send(new ListRegions.Query(), ct), user.RegionsOf(Platform.Roles.Administrator), text);
        if (mine.Count > 0) Regions = [new(text["identity.person.choose"], ""), .. mine.Select(r => new SelectListItem(r.Name, r.Slug))];
        RoleItems = [new(text["identity.people.role.none"], "none"), .. Platform.Roles.All.Select(role => new SelectListItem(text["identity.role." + role], role))];
    }
}
