using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Configuration;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>The newest proposals for feed readers. A page, so that it has a language and an owner like every other address.</summary>
internal sealed class FeedModel(IMediator mediator, IConfiguration settings) : PageModel
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromQuery(Name = "")]
    public Filter Filter { get; set; } = new();

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        var feed = await mediator.Send(new GetProposalsFeed.Query(Slug, Filter, Request.Site(settings), Request.QueryString.ToUriComponent()), ct);
        return FeedDocument.Answer(feed.Xml, FeedDocument.Atom, feed.UpdatedAt);
    }
}
