using System.Text.Json;
using Discovery.Identity.Accounts;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class AddressModel(IMediator mediator, Doorkeeper door, StateCookie state, MailFolder mail) : PageModel, IShownAgain
{
    const string Cookie = "discovery-address";

    [BindProperty] public ChangeAddress.Form Input { get; set; } = new();
    public Waiting? Waiting { get; private set; }
    public bool IsFresh { get; private set; }
    public bool ShowsMail => mail.IsShown;

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var id = await mediator.Send(new ChangeAddress.Ask(Input), ct);
        state.Keep(Cookie, JsonSerializer.Serialize(new Waiting(id, false, Input.Email!.Trim(), null)));
        return Redirect(Places.Address);
    }

    public async Task<IActionResult> OnPostConfirm(CancellationToken ct)
    {
        await Load(ct);
        if (Waiting is null) throw new RuleBroken("identity.code.over");
        await mediator.Send(new ChangeAddress.Confirm(Waiting.Id, Input), ct);
        state.Take(Cookie);
        return Redirect(Places.Account + "?changed=address");
    }

    public async Task Load(CancellationToken ct)
    {
        Waiting = state.Read(Cookie) is { } kept && !Request.Query.ContainsKey("again") ? JsonSerializer.Deserialize<Waiting>(kept) : null;
        IsFresh = await door.IsFreshAsync(ct);
    }
}
