using Discovery.Identity.Organisations;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Identity;

/// <summary>An official looks at a proof and decides.</summary>
[Authorize]
internal sealed class ClaimModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public DecideClaim.Form Input { get; set; } = new();

    public GetClaim.Details It { get; private set; } = null!;
    public List<SelectListItem> Roles => Choices.Roles(text);

    public List<SelectListItem> Decisions =>
        [.. new[] { true, false }.Where(verify => !verify || It.Claim.ProvedAt is not null).Select(verify => new SelectListItem(text[verify ? "identity.decision.verify" : "identity.decline"], verify ? "true" : "false"))];

    public async Task OnGet(CancellationToken ct)
    {
        await Load(ct);
        Input.Role = It.Claim.Role;
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new DecideClaim.Command(Id, Input), ct);
        return Redirect(Places.Claims);
    }

    public async Task Load(CancellationToken ct)
    {
        user.MustKeepBooks();
        It = await mediator.Send(new GetClaim.Query(Id), ct);
    }
}
