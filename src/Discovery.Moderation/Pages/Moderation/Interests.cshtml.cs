using Discovery.Moderation.Interests;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Moderation.Pages.Moderation;

/// <summary>With whom those who moderate are tied.</summary>
[Authorize]
internal sealed class InterestsModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromQuery(Name = "q")]
    public string? Search { get; set; }

    [BindProperty]
    public DeclareInterest.Form Input { get; set; } = new();

    public DeclareInterest.View It { get; private set; } = null!;

    public IEnumerable<SelectListItem> Found => It.Found.Select(o => new SelectListItem(o.Name.Here(), o.Id.ToString()));

    public IEnumerable<SelectListItem> Kinds => Interest.Kinds.Select(k => new SelectListItem(text["moderation.interest." + k], k));

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPostDeclare(CancellationToken ct)
    {
        await mediator.Send(new DeclareInterest.Command(Slug, user, Input), ct);
        return Redirect(Places.Interests(Slug));
    }

    public async Task<IActionResult> OnPostWithdraw([FromQuery] Guid organisation, CancellationToken ct)
    {
        await mediator.Send(new DeclareInterest.Withdrawal(Slug, user, organisation), ct);
        return Redirect(Places.Interests(Slug));
    }

    public async Task Load(CancellationToken ct) => It = await mediator.Send(new DeclareInterest.Query(Slug, user, Search), ct);
}
