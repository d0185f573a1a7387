using Discovery.Identity.Organisations;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>A letter to print. Each time it is asked for it has a new code, so it is the answer to a POST and nothing to come back to.</summary>
[Authorize]
internal sealed class ClaimLetterModel(IMediator mediator, CurrentUser user) : PageModel
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    public ProveByLetter.Printed Letter { get; private set; } = null!;

    public IActionResult OnGet()
    {
        user.MustKeepBooks();
        return Redirect(Places.Claim(Id));
    }

    public async Task OnPost(CancellationToken ct)
    {
        Response.Headers.CacheControl = "no-store";
        Letter = await mediator.Send(new ProveByLetter.Print(Id), ct);
    }
}
