using Discovery.Identity.Accounts;
using Discovery.Platform;
using Discovery.Platform.Web;
using Discovery.Site;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>Signing out is a deed: a link that somebody sends must not do it. The session ends everywhere, not only the cookie here.</summary>
internal sealed class SignOutModel(Doorkeeper door) : PageModel
{
    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (new CurrentUser(User) is { Session: { } session, Id: var person }) await door.EndAsync(session, person, ct);
        await HttpContext.SignOutAsync(Sessions.Cookie);
        return Redirect(Places.Home);
    }
}
