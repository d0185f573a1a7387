using Discovery.Moderation.Reports;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Moderation.Pages.Moderation;

/// <summary>A participant reports something that is shown.</summary>
[Authorize]
internal sealed class ReportModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "content")]
    public Guid Id { get; set; }

    [BindProperty]
    public ReportContent.Form Input { get; set; } = new();

    public ReportContent.View It { get; private set; } = null!;

    public IEnumerable<SelectListItem> Reasons => ReportContent.Reasons.Select(r => new SelectListItem(text["moderation.reason." + r], r));

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new ReportContent.Command(Slug, Id, user, Input), ct);
        return Redirect(Places.ReportContent(Slug, Id));
    }

    public async Task Load(CancellationToken ct) => It = await mediator.Send(new ReportContent.Query(Slug, Id, user), ct);
}
