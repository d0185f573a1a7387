using System.Security.Claims;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Rounds.Charters;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Rounds;

/// <summary>A new charter, from a template or from an earlier round.</summary>
[Authorize]
internal sealed class NewModel(IMediator mediator, CurrentUser user, TimeProvider clock) : PageModel, IShownAgain, ICharterForm
{
    [BindProperty] public Sheet Input { get; set; } = new();

    /// <summary>A profile or the address of an earlier round.</summary>
    [BindProperty(SupportsGet = true)] public string? From { get; set; }

    /// <summary>Rounds that may be copied.</summary>
    public IReadOnlyList<ListRounds.Row> Earlier { get; private set; } = [];

    public async Task OnGet(CancellationToken ct)
    {
        await Load(ct);
        Input = await StartAsync(ct);
        Input.Region.Slug ??= OwnRegion;
        CharterForm.Prepare(Input);
    }

    /// <summary>What is asked here; all the rest is as the template or the earlier round has it, and is asked for part by part afterwards.</summary>
    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await Load(ct);
        var (sheet, model) = (await StartAsync(ct), Profiles.All.Contains(From) ? null : await mediator.Send(new GetCharter.Query(From!), ct));
        (sheet.Slug, sheet.Title, sheet.Question, sheet.Summary, sheet.Region) = (Input.Slug, Input.Title, Input.Question, Input.Summary, Input.Region);
        var known = await mediator.Send(new LastRegion.Query(Input.Region.Slug?.Trim()), ct);
        var drafted = await mediator.Send(new DraftRound.Command(model is null ? sheet.ToForm(known) : CharterForm.Keep(sheet.ToForm(known), model)), ct);
        return Redirect(Places.Ready(drafted.Slug));
    }

    public async Task Load(CancellationToken ct)
    {
        if (!user.IsAny(Roles.Official)) throw new RuleBroken("denied.official") { Status = 403 };
        Earlier = [.. (await mediator.Send(new ListRounds.Query(), ct)).Where(r => r.Origin != Origins.Import && user.Is(Roles.Official, r.Region))];
        if (!Profiles.All.Contains(From) && Earlier.All(r => r.Slug != From)) From = Profiles.Regional;
        CharterForm.Prepare(Input);
    }

    async Task<Sheet> StartAsync(CancellationToken ct) => Profiles.All.Contains(From)
        ? Sheet.New(From!, await mediator.Send(new LastRegion.Query(null), ct), clock.GetUtcNow())
        : Sheet.CopyOf(await mediator.Send(new GetCharter.Query(From!), ct), clock.GetUtcNow());

    string? OwnRegion => User.FindAll(ClaimTypes.Role).Select(c => c.Value.Split(':')).Where(r => r is [not "*", Roles.Official]).Select(r => r[0]).FirstOrDefault();
}
