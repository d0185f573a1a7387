using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Discovery.Aggregation.Pages.Aggregation;

[SharedPage]
internal sealed class ComparedModel(IMediator mediator, CurrentUser user) : CountPage(mediator, user)
{
    public Task<IActionResult> OnGet(CancellationToken ct) => ShowAsync(ct);

    public SlopeItem Slope(int p) => Final.Of(p) is var listed ? new(listed.Number, listed.Title.Here(), listed.Sector, listed.Title.OtherLang()) : null!;
}
