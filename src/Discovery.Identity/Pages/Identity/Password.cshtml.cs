using Discovery.Identity.Accounts;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class PasswordModel(IMediator mediator) : PageModel
{
    [BindProperty] public ChangePassword.Form Input { get; set; } = new();

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new ChangePassword.Command(Input), ct);
        return Redirect(Places.Account + "?changed=true");
    }
}
