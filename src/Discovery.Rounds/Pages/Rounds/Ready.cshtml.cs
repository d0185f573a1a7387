using Discovery.Rounds.Charters;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Rounds;

/// <summary>The draft before its publication: the checklist, and the two steps of two officials.</summary>
[Authorize]
internal sealed class ReadyModel(IMediator mediator) : PageModel, IShownAgain
{
    [BindProperty(SupportsGet = true)] public string Round { get; set; } = "";

    public GetReadiness.View It { get; private set; } = null!;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        // The address is in letters and bookmarks: once published, the work goes on at the desk.
        if ((await mediator.Send(new GetRound.Query(Round), ct)).Status != "draft") return Redirect(Places.RunRound(Round));
        await Load(ct);
        return Page();
    }

    public async Task<IActionResult> OnPostPublish(int? version, CancellationToken ct)
    {
        var published = await mediator.Send(new PublishRound.Command(Round, new(version)), ct);
        return Redirect(published.State == "published" ? Places.RunRound(Round) : Places.Ready(Round));
    }

    public async Task<IActionResult> OnPostTakeBack(CancellationToken ct)
    {
        await mediator.Send(new PublishRound.TakeBack(Round), ct);
        return Redirect(Places.Ready(Round));
    }

    public async Task Load(CancellationToken ct) => It = await mediator.Send(new GetReadiness.Query(Round), ct);
}
