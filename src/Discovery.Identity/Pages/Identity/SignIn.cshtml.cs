using Discovery.Identity.Accounts;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Configuration;

namespace Discovery.Identity;

internal sealed class SignInModel(IMediator mediator, StateCookie state, IConfiguration configuration) : PageModel, IShownAgain
{
    [BindProperty] public AskForCode.Form Input { get; set; } = new();

    /// <summary>Only addresses of this installation are followed.</summary>
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    /// <summary><c>failed</c>: came back from a provider without having signed in there.</summary>
    [BindProperty(SupportsGet = true)] public string? Foreign { get; set; }

    public IReadOnlyList<ListDemonstrationAccounts.Row> Demonstration { get; private set; } = [];
    public IReadOnlyList<ForeignSignIn.Provider> Providers { get; private set; } = [];
    public string Query => Onwards.Query(this, ReturnUrl);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        // Somebody who is signed in comes to show a second factor, or who it is once more, or by an old link.
        if (new CurrentUser(User) is { IsSignedIn: true, LacksSecondFactor: false } && !Request.Query.ContainsKey("again")) return Redirect(Onwards.Local(this, ReturnUrl));
        await Load(ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var id = await mediator.Send(new AskForCode.Command(Input), ct);
        new Waiting(id, SigningUp: false, Addresses.Masked(Input.Email!.Trim()), ReturnUrl).Keep(state);
        return Redirect(Places.SignInCode);
    }

    public async Task Load(CancellationToken ct)
    {
        Demonstration = await mediator.Send(new ListDemonstrationAccounts.Query(), ct);
        Providers = ForeignSignIn.Providers(configuration);
    }
}
