using Discovery.Platform.Web;
using Discovery.Site;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>Signing out is a deed: a link that somebody sends must not do it.</summary>
internal sealed class SignOutModel : PageModel
{
    public async Task<IActionResult> OnPost()
    {
        await HttpContext.SignOutAsync(Sessions.Cookie);
        return Redirect(Places.Home);
    }
}
