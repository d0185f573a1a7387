using Discovery.Identity.Accounts;
using Discovery.Platform;
using Discovery.Platform.Web;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

internal sealed class SignInModel(IMediator mediator) : PageModel, IShownAgain
{
    [BindProperty] public SignIn.Form Input { get; set; } = new();

    /// <summary>Only addresses of this installation are followed.</summary>
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public IReadOnlyList<ListDemonstrationAccounts.Row> Demonstration { get; private set; } = [];

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (new CurrentUser(User).IsSignedIn) return Redirect(Onwards);
        await Load(ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var session = await mediator.Send(new SignIn.Command(Sessions.Cookie, Input), ct);
        await HttpContext.SignInAsync(Sessions.Cookie, session.Principal, new() { IsPersistent = true });
        return Redirect(session.NeedsPassword ? Places.Account + "/password" : Onwards);
    }

    public async Task Load(CancellationToken ct) => Demonstration = await mediator.Send(new ListDemonstrationAccounts.Query(), ct);

    string Onwards => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : Places.Home;
}
