using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Site;

/// <summary><c>/</c> leads to the home page in the reader's language. The only page whose address has no language.</summary>
internal sealed class StartModel : PageModel
{
    public IActionResult OnGet()
    {
        Response.Headers.Vary = "Accept-Language";
        var wanted = Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(Lang.All.Contains);
        return Redirect("/" + (wanted ?? Lang.All[0]));
    }
}
