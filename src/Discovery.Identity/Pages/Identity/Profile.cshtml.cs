using Discovery.Identity.Accounts;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class ProfileModel(IMediator mediator, Doorkeeper door) : PageModel
{
    [BindProperty] public ChangeProfile.Form Input { get; set; } = new();

    public async Task OnGet(CancellationToken ct)
    {
        var me = await mediator.Send(new GetAccount.Query(), ct);
        (Input.DisplayName, Input.Language) = (me.DisplayName, me.Language);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new ChangeProfile.Command(Input), ct);
        // The name stands in the session.
        await door.RenewAsync(ct: ct);
        return Redirect(Places.Account + "?changed=profile");
    }
}
