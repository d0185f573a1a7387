using Discovery.Identity.Accounts;
using Discovery.Platform.Web;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class EraseAccountModel(IMediator mediator) : PageModel, IShownAgain
{
    /// <summary>The id of the code is in the form, so in this browser only; without it the six digits erase nothing.</summary>
    [BindProperty] public EraseAccount.Form Input { get; set; } = new();

    public string? Email { get; private set; }

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task OnPostCode(CancellationToken ct)
    {
        Input = new();
        Input.Id = (await mediator.Send(new EraseAccount.AskCode(), ct)).Id;
        ModelState.Clear();
        await Load(ct);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new EraseAccount.Command(Input), ct);
        await HttpContext.SignOutAsync(Sessions.Cookie);
        return Redirect(Places.AccountErased);
    }

    public async Task Load(CancellationToken ct) => Email = (await mediator.Send(new GetAccount.Query(), ct)).Email;
}
