using Discovery.Identity.Organisations;
using Discovery.Identity.People;
using Discovery.Platform;
using Discovery.Site;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Identity;

[Authorize]
internal sealed class PersonModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain
{
    internal sealed class Form
    {
        public string? Role { get; set; }
        public string? Region { get; set; }
        public string? Reason { get; set; }
    }

    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public Form Input { get; set; } = new();

    public GetPerson.Details It { get; private set; } = null!;
    public List<SelectListItem> Grantable { get; private set; } = [];
    public List<SelectListItem> RoleItems { get; private set; } = [];
    public bool KeepsBooks => user.KeepsBooks();
    public bool IsMe => user.Id == Id;

    IReadOnlyList<RegionName> regions = [];

    public Task OnGet(CancellationToken ct) => Load(ct);

    public Task<IActionResult> OnPostGrant(CancellationToken ct)
    {
        // Neither is chosen beforehand: nobody becomes the administrator of all regions by a hasty click.
        List<ValidationFailure> missing = [];
        if (string.IsNullOrEmpty(Input.Role)) missing.Add(new("Input.Role", "identity.person.role.choose"));
        if (string.IsNullOrEmpty(Input.Region)) missing.Add(new("Input.Region", "identity.person.region.choose"));
        return missing.Count > 0 ? throw new ValidationException(missing) : Do(new ChangeRoles.Grant(Id, $"{Input.Region}:{Input.Role}"), ct);
    }

    public Task<IActionResult> OnPostRemove(string role, CancellationToken ct) => Do(new ChangeRoles.Remove(Id, role), ct);

    public Task<IActionResult> OnPostBlock(CancellationToken ct) => Do(new BlockAccount.Block(Id, new() { Reason = Input.Reason }), ct);

    public Task<IActionResult> OnPostUnblock(CancellationToken ct) => Do(new BlockAccount.Unblock(Id), ct);

    public Task<IActionResult> OnPostEndSessions(CancellationToken ct) => Do(new BlockAccount.EndSessions(Id), ct);

    public async Task Load(CancellationToken ct)
    {
        It = await mediator.Send(new GetPerson.Query(Id), ct);
        var known = await mediator.Send(new ListRegions.Query(), ct);
        regions = RegionName.Of(known, user.RegionsInSight(), text);
        if (It.IsDemonstration || It.Mandates.Any(m => m.RevokedAt is null) || It.Communities.Any(c => c.LeftAt is null) || !user.IsAny(Platform.Roles.Administrator)) return;
        Grantable = [new(text["identity.person.choose"], ""), .. RegionName.Of(known, user.RegionsOf(Platform.Roles.Administrator), text).Select(r => new SelectListItem(r.Name, r.Slug))];
        RoleItems = [new(text["identity.person.choose"], ""), .. Platform.Roles.All.Select(role => new SelectListItem(text["identity.role." + role], role))];
    }

    public string NameOf(string role) => RegionName.OfRole(role, regions, text);

    async Task<IActionResult> Do(IRequest<bool> command, CancellationToken ct)
    {
        await mediator.Send(command, ct);
        return Redirect($"{Places.People}/{Id}");
    }
}
