using Discovery.Identity.Organisations;
using Discovery.Identity.People;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class PeopleModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Find { get; set; }
    [BindProperty(SupportsGet = true)] public string? Role { get; set; }
    [BindProperty(SupportsGet = true)] public string? Region { get; set; }
    [BindProperty(SupportsGet = true)] public string? State { get; set; }
    [BindProperty(SupportsGet = true)] public string? Order { get; set; }
    [BindProperty(SupportsGet = true)] public Guid? Burst { get; set; }
    [BindProperty(SupportsGet = true, Name = "p")] public int? Number { get; set; }

    public ListPeople.Found Found { get; private set; } = null!;
    public IReadOnlyList<FindBursts.Burst> Bursts { get; private set; } = [];
    public IReadOnlyList<RegionName> Regions { get; private set; } = [];

    public bool SeesAddresses => user.KeepsBooks();
    public bool MayCreate => user.KeepsBooks();
    public bool IsFiltered => new[] { Find, Role, Region, State, Burst?.ToString() }.Any(f => !string.IsNullOrEmpty(f));
    public int Pages => (Found.Total + ListPeople.PageSize - 1) / ListPeople.PageSize;

    public async Task OnGet(CancellationToken ct)
    {
        Found = await mediator.Send(new ListPeople.Query(Find, Role, Region, State, Burst, Order, Number ?? 1), ct);
        Bursts = [.. (await mediator.Send(new FindBursts.Query(), ct)).Take(10)];
        Regions = RegionName.Of(await mediator.Send(new ListRegions.Query(), ct), user.RegionsInSight(), text);
    }

    public string NameOf(string role) => RegionName.OfRole(role, Regions, text);
}
