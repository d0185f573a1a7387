using Discovery.Contracts.Moderation;
using Discovery.Moderation.Cases;
using Discovery.Moderation.Data;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Pages.Moderation;

/// <summary>One decision on several cases, and half a minute to take it back.</summary>
[Authorize]
internal sealed class SeveralModel(IMediator mediator, ModerationDb db, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromQuery(Name = "refused")]
    public int Refused { get; set; }

    [FromQuery(Name = "undone")]
    public int Undone { get; set; }

    [BindProperty]
    public DecideSeveral.Form Input { get; set; } = new();

    public ListCases.View Queue { get; private set; } = null!;

    /// <summary>Appeals are decided one by one, and nobody chooses what somebody else is reading.</summary>
    public IEnumerable<ListCases.Row> Open => Queue.Cases.Where(c => c.Why != Case.Appealed && c.Pending is null && (c.ClaimedBy is null || c.IsMine));

    public IEnumerable<SelectListItem> Items => Open.Select(c => new SelectListItem(c.Title.Here(), $"{c.Id}:{c.Of}") { Group = new() { Name = text["moderation.why." + c.Why] + (c.Number is { } number ? ", " + text["moderation.no", number] : "") } });

    public IEnumerable<SelectListItem> Choices => new[] { Decisions.Publish, Decisions.Hide }.Select(d => new SelectListItem(text["moderation.do." + d], d));

    public IEnumerable<SelectListItem> Reasons => ReasonCodes.All.Where(r => r != ReasonCodes.InOrder).Select(r => new SelectListItem(text["moderation.reason." + r], r)).Prepend(new("", ""));

    /// <summary>What can still be undone, by whoever looks.</summary>
    public IReadOnlyList<(Guid Batch, int Count, DateTimeOffset Due)> Pending { get; private set; } = [];

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var answer = await mediator.Send(new DecideSeveral.Command(Slug, user, Input), ct);
        return Redirect(Places.ModerateSeveral(Slug) + (answer.Refused.Count > 0 ? $"?refused={answer.Refused.Count}" : ""));
    }

    public async Task<IActionResult> OnPostUndo([FromQuery] Guid batch, CancellationToken ct)
    {
        var undone = await mediator.Send(new DecideSeveral.UndoCommand(Slug, user, batch), ct);
        return Redirect(Places.ModerateSeveral(Slug) + $"?undone={undone}");
    }

    public async Task Load(CancellationToken ct)
    {
        Queue = await mediator.Send(new ListCases.Query(Slug, user, new()), ct);
        Pending = [.. (await db.Decisions.AsNoTracking().Where(d => d.Round == Queue.Round.Id && d.Moderator == user.Id && d.Sequence == null && d.Batch != null).ToListAsync(ct))
            .GroupBy(d => d.Batch!.Value).Select(g => (g.Key, g.Count(), g.First().DueAt))];
    }
}
