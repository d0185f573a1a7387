using Discovery.Rounds.Feeds;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Configuration;

namespace Discovery.Rounds;

/// <summary>News of all rounds, or of one region's (<c>?region=</c>). A page, so that it has a language and an owner like every other address.</summary>
internal sealed class FeedModel(IMediator mediator, IConfiguration settings) : PageModel
{
    public async Task<IActionResult> OnGet(string? region, CancellationToken ct)
    {
        var feed = await mediator.Send(new GetFeed.Query(null, string.IsNullOrEmpty(region) ? null : region, Request.Site(settings)), ct);
        return FeedDocument.Answer(feed.Xml, FeedDocument.Atom, feed.UpdatedAt);
    }
}

/// <summary>News of one round.</summary>
internal sealed class RoundFeedModel(IMediator mediator, IConfiguration settings) : PageModel
{
    public async Task<IActionResult> OnGet(string round, CancellationToken ct)
    {
        var feed = await mediator.Send(new GetFeed.Query(round, null, Request.Site(settings)), ct);
        return FeedDocument.Answer(feed.Xml, FeedDocument.Atom, feed.UpdatedAt);
    }
}

/// <summary>The phases of one round for calendars.</summary>
internal sealed class CalendarModel(IMediator mediator, IConfiguration settings) : PageModel
{
    public async Task<IActionResult> OnGet(string round, CancellationToken ct)
    {
        var calendar = await mediator.Send(new GetCalendar.Query(round, Request.Site(settings)), ct);
        return FeedDocument.Answer(calendar.Text, "text/calendar", calendar.UpdatedAt);
    }
}
