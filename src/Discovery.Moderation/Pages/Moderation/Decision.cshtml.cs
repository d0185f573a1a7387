using Discovery.Moderation.Appeals;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Moderation.Pages.Moderation;

/// <summary>The author reads what was decided and why, and may object.</summary>
[Authorize]
internal sealed class DecisionModel(IMediator mediator, CurrentUser user) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "content")]
    public Guid Id { get; set; }

    [BindProperty]
    public FileAppeal.Form Input { get; set; } = new();

    public GetDecision.View It { get; private set; } = null!;

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new FileAppeal.Command(Slug, Id, user, Input), ct);
        return Redirect(Places.ModerationDecision(Slug, Id));
    }

    public async Task Load(CancellationToken ct) => It = await mediator.Send(new GetDecision.Query(Slug, Id, user), ct);
}
