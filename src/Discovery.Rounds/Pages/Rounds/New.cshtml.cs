using System.Security.Claims;
using Discovery.Platform;
using Discovery.Rounds.Charters;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Rounds;

[Authorize]
internal sealed class NewModel(IMediator mediator, CurrentUser user, TimeProvider clock, Words<Texts> text) : PageModel, IShownAgain
{
    static readonly string[] Zones =
    [
        "Europe/Kaliningrad", "Europe/Moscow", "Europe/Samara", "Asia/Yekaterinburg", "Asia/Omsk", "Asia/Krasnoyarsk",
        "Asia/Irkutsk", "Asia/Yakutsk", "Asia/Vladivostok", "Asia/Magadan", "Asia/Kamchatka", "UTC",
    ];

    [BindProperty] public Sheet Input { get; set; } = new();

    public IEnumerable<SelectListItem> ZoneItems => Zones.Select(z => new SelectListItem(text["rounds.zone." + z], z));
    public IEnumerable<SelectListItem> BrandItems => Items("brand", "reka", "bor", "brusnika", "chernila");
    public IEnumerable<SelectListItem> BallotItems => Items("ballot", "ranking", "approval");
    public IEnumerable<SelectListItem> StandingsItems => Items("standings", "auditors", "everybody");

    public async Task OnGet(CancellationToken ct)
    {
        var region = await mediator.Send(new LastRegion.Query(null), ct);
        Input = Sheet.New(region, clock.GetUtcNow());
        Input.Region.Slug ??= OwnRegion;
        await Load(ct);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var known = await mediator.Send(new LastRegion.Query(Input.Region.Slug?.Trim()), ct);
        var drafted = await mediator.Send(new DraftRound.Command(Input.ToForm(known)), ct);
        return Redirect(Places.RunRound(drafted.Slug));
    }

    public Task Load(CancellationToken ct)
    {
        if (!user.IsAny(Roles.Official)) throw new RuleBroken("denied.official") { Status = 403 };
        foreach (var form in (Contracts.Text[])[Input.Title, Input.Question, Input.Summary, Input.Region.Name, .. Input.Groups.Select(g => g.Name)])
            foreach (var lang in Lang.All) form.TryAdd(lang, "");
        return Task.CompletedTask;
    }

    string? OwnRegion => User.FindAll(ClaimTypes.Role).Select(c => c.Value.Split(':')).Where(r => r is [not "*", Roles.Official]).Select(r => r[0]).FirstOrDefault();

    IEnumerable<SelectListItem> Items(string kind, params string[] values) => values.Select(v => new SelectListItem(text[$"rounds.{kind}.{v}"], v));
}
