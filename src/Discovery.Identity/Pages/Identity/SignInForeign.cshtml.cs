using Discovery.Identity.Accounts;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Configuration;

namespace Discovery.Identity;

/// <summary>
/// Back from a provider. An account that is tied to one here is let in; any other proves its address by a code first, whatever the provider says of it:
/// an address that the provider did not check would otherwise open somebody else's account.
/// </summary>
internal sealed class SignInForeignModel(IMediator mediator, Doorkeeper door, IConfiguration configuration) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    /// <param name="provider">On the way there; null on the way back. A link and no form: browsers let forms lead to this site only.</param>
    public async Task<IActionResult> OnGet(string? provider, CancellationToken ct)
    {
        if (provider is not null)
            return ForeignSignIn.Providers(configuration).FirstOrDefault(p => p.Name == provider) is { } known
                ? Challenge(new AuthenticationProperties { RedirectUri = Places.SignInForeign + Onwards.Query(this, ReturnUrl) }, ForeignSignIn.Prefix + known.Name)
                : throw new RuleBroken("identity.foreign.unknown") { Status = 404 };
        if (await mediator.Send(new ReadForeign.Query(), ct) is not { } visitor) return Redirect(Places.SignIn + "?foreign=failed");
        if (visitor.Person is not { IsShut: false } person) return Redirect(Places.SignUp + Onwards.Query(this, ReturnUrl));
        await HttpContext.SignOutAsync(ForeignSignIn.Scheme);
        return Onwards.After(this, await door.OpenAsync(person, visitor.Login.Provider, second: false, ct: ct), ReturnUrl);
    }
}
