using Discovery.Identity.Accounts;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class SessionsModel(IMediator mediator) : PageModel, IShownAgain
{
    public IReadOnlyList<ListSessions.Row> List { get; private set; } = [];

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(Guid id, CancellationToken ct)
    {
        await mediator.Send(new EndSession.Command(id), ct);
        return Redirect(Places.Sessions);
    }

    public async Task<IActionResult> OnPostAll(CancellationToken ct)
    {
        await mediator.Send(new EndSession.Command(null), ct);
        await HttpContext.SignOutAsync(Platform.Web.Sessions.Cookie);
        return Redirect(Places.SignIn);
    }

    public async Task Load(CancellationToken ct) => List = await mediator.Send(new ListSessions.Query(), ct);
}
