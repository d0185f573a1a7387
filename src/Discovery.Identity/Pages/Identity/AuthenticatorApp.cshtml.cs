using Discovery.Identity.Accounts;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class AuthenticatorAppModel(IMediator mediator, Doorkeeper door) : PageModel, IShownAgain
{
    [BindProperty] public SetUpAuthenticator.Form Input { get; set; } = new();
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public GetAuthenticatorKey.Key? Key { get; private set; }

    /// <summary>Made just now, and shown this once.</summary>
    public IReadOnlyList<string>? RecoveryCodes { get; private set; }

    public bool IsOn { get; private set; }
    public bool IsFresh { get; private set; }

    /// <summary>Came in with a code by mail, and has been given a password.</summary>
    public bool NeedsPassword { get; private set; }

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPostStart(CancellationToken ct)
    {
        IsFresh = true;
        Key = await mediator.Send(new GetAuthenticatorKey.Query(Make: true), ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        RecoveryCodes = await mediator.Send(new SetUpAuthenticator.Command(Input), ct);
        if (new CurrentUser(User).LacksSecondFactor) await door.RenewAsync(second: true, ct: ct);
        return Page();
    }

    public async Task Load(CancellationToken ct)
    {
        IsOn = (await mediator.Send(new GetSecurity.Query(), ct)).HasApp;
        IsFresh = await door.IsFreshAsync(ct);
        NeedsPassword = await door.NeedsPasswordAsync(ct);
        // A key that was begun with is shown again after a mistyped code.
        if (HttpContext.Request.Method == "POST") Key = await mediator.Send(new GetAuthenticatorKey.Query(Make: false), ct);
    }
}
