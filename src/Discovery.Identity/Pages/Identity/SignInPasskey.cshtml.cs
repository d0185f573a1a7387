using Discovery.Identity.Accounts;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

internal sealed class SignInPasskeyModel(IMediator mediator, Doorkeeper door) : PageModel
{
    [BindProperty] public Passkeys.Form Input { get; set; } = new();
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    public string Query => Onwards.Query(this, ReturnUrl);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var person = await mediator.Send(new Passkeys.Show(Input), ct);
        return Onwards.After(this, await door.OpenAsync(person, "passkey", second: true, ct: ct), ReturnUrl);
    }
}
