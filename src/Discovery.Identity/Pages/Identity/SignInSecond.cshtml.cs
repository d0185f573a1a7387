using Discovery.Identity.Accounts;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>Between a first factor and the roles: what the app shows, a recovery code, or a passkey.</summary>
[Authorize]
internal sealed class SignInSecondModel(IMediator mediator, Doorkeeper door, UserManager<Person> people) : PageModel, IShownAgain
{
    [BindProperty] public ShowSecondFactor.Form Input { get; set; } = new();
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    public bool HasApp { get; private set; }
    public bool HasPasskey { get; private set; }

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (!new CurrentUser(User).LacksSecondFactor) return Redirect(Onwards.Local(this, ReturnUrl));
        await Load(ct);
        return HasApp || HasPasskey ? Page() : Redirect(Places.AuthenticatorApp + Onwards.Query(this, ReturnUrl));
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new ShowSecondFactor.Command(new CurrentUser(User).Id, Input), ct);
        return Onwards.After(this, await door.RenewAsync(second: true, ct: ct), ReturnUrl);
    }

    public async Task Load(CancellationToken ct)
    {
        var me = await people.MeAsync(new CurrentUser(User));
        (HasApp, HasPasskey) = (me.TwoFactorEnabled, (await people.GetPasskeysAsync(me)).Count > 0);
    }
}
