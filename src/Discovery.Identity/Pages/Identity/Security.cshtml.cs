using Discovery.Identity.Accounts;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class SecurityModel(IMediator mediator, Doorkeeper door) : PageModel, IShownAgain
{
    [BindProperty] public Passkeys.Form Input { get; set; } = new();

    /// <summary>Made just now, and shown this once.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public GetSecurity.Security Mine { get; private set; } = null!;

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPostAddPasskey(CancellationToken ct)
    {
        await mediator.Send(new Passkeys.Add(Input), ct);
        if (new CurrentUser(User).LacksSecondFactor) await door.RenewAsync(second: true, ct: ct);
        return Redirect(Places.Security);
    }

    public async Task<IActionResult> OnPostRemovePasskey(string id, CancellationToken ct)
    {
        await mediator.Send(new Passkeys.Remove(id), ct);
        return Redirect(Places.Security);
    }

    public async Task<IActionResult> OnPostRemoveForeign(string provider, string key, CancellationToken ct)
    {
        await mediator.Send(new RemoveForeign.Command(provider, key), ct);
        return Redirect(Places.Security);
    }

    public async Task<IActionResult> OnPostRemoveApp(CancellationToken ct)
    {
        await mediator.Send(new RemoveAuthenticator.Command(), ct);
        return Redirect(Places.Security);
    }

    public async Task<IActionResult> OnPostCodes(CancellationToken ct)
    {
        RecoveryCodes = await mediator.Send(new RenewRecoveryCodes.Command(), ct);
        await Load(ct);
        return Page();
    }

    public async Task Load(CancellationToken ct) => Mine = await mediator.Send(new GetSecurity.Query(), ct);
}
