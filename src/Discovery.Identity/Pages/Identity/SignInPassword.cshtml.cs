using Discovery.Identity.Accounts;
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
        return Onwards.After(this, await door.OpenAsync(person, "password", second: await door.HasShownSecondAsync(person, ct), ct: ct), person, ReturnUrl);
    }
}
