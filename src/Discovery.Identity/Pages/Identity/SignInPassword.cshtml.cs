using Discovery.Identity.Accounts;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

internal sealed class SignInPasswordModel(IMediator mediator, Doorkeeper door) : PageModel
{
    [BindProperty] public SignIn.Form Input { get; set; } = new();
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    public string Query => Onwards.Query(this, ReturnUrl);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var person = await mediator.Send(new SignIn.Command(Input), ct);
        var user = await door.OpenAsync(person, "password", second: await door.HasShownSecondAsync(person, ct), ct: ct);
        // The portal made it, and whoever handed it over has seen it.
        return person.HasOneTimePassword && !user.LacksSecondFactor ? Redirect(Places.Password) : Onwards.After(this, user, ReturnUrl);
    }
}
