using System.Text.Json;
using Discovery.Identity.Accounts;
using Discovery.Identity.Secrets;
using Discovery.Identity.Subscriptions;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

internal sealed class SubscribeModel(IMediator mediator, StateCookie state) : PageModel, IShownAgain
{
    internal const string Cookie = "discovery-subscribe";

    /// <summary>The region that the link was about.</summary>
    [BindProperty(SupportsGet = true)] public string? Region { get; set; }

    [BindProperty] public Subscribe.Form Input { get; set; } = new();

    public Subscribe.Choice It { get; private set; } = null!;

    public async Task OnGet(CancellationToken ct)
    {
        await Load(ct);
        (Input.Email, Input.Region) = (It.Address, It.Regions.Any(r => r.Slug == Region) ? Region : Subscription.EveryRegion);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (await mediator.Send(new Subscribe.Ask(Input), ct) is not { } id) return Redirect(Places.Subscribed);
        state.Keep(Cookie, JsonSerializer.Serialize(new Waiting(id, SigningUp: false, Addresses.Masked(Input.Email!.Trim()), Places.Subscribe(Input.Region))));
        return Redirect(Places.SubscribeCode);
    }

    public async Task Load(CancellationToken ct) => It = await mediator.Send(new Subscribe.Query(), ct);
}
