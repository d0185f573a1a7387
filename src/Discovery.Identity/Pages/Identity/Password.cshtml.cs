using Discovery.Identity.Accounts;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class PasswordModel(IMediator mediator) : PageModel, IShownAgain
{
    [BindProperty] public ChangePassword.Form Input { get; set; } = new();
    public bool HasPassword { get; private set; }

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new ChangePassword.Command(Input), ct);
        return Redirect(Places.Account + "?changed=password");
    }

    public async Task Load(CancellationToken ct) => HasPassword = (await mediator.Send(new GetSecurity.Query(), ct)).HasPassword;
}
