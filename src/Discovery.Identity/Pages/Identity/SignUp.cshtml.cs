using Discovery.Identity.Accounts;
using Discovery.Identity.Secrets;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

internal sealed class SignUpModel(IMediator mediator, StateCookie state) : PageModel, IShownAgain
{
    [BindProperty] public SignUp.Form Input { get; set; } = new();
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    /// <summary>Comes from a provider whose account is tied to none here yet.</summary>
    public ReadForeign.Visitor? Foreign { get; private set; }

    public string Query => Onwards.Query(this, ReturnUrl);

    public async Task OnGet(CancellationToken ct)
    {
        await Load(ct);
        if (Foreign is { } visitor) (Input.DisplayName, Input.Email) = (visitor.Name, visitor.Email);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await Load(ct);
        var id = await mediator.Send(new SignUp.Command(Input, Foreign?.Login), ct);
        new Waiting(id, SigningUp: true, Addresses.Masked(Input.Email!.Trim()), ReturnUrl).Keep(state);
        // What the provider said has been taken along, sealed beside the code.
        if (Foreign is not null) await HttpContext.SignOutAsync(ForeignSignIn.Scheme);
        return Redirect(Places.SignInCode);
    }

    public async Task Load(CancellationToken ct) => Foreign = await mediator.Send(new ReadForeign.Query(), ct);
}
