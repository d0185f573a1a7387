using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>Where officials decide on what was submitted, one proposal after another.</summary>
[Authorize]
internal sealed class DeskModel(IMediator mediator, ProposalsDb db, CurrentUser user) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    /// <summary>Number of the proposal that is read; without it the one that has waited longest.</summary>
    [FromQuery(Name = "n")]
    public string? N { get; set; }

    [FromQuery(Name = "done")]
    public string? Done { get; set; }

    [BindProperty]
    public PublishProposal.Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public IReadOnlyList<ListWaiting.Waiting> Waiting { get; private set; } = [];
    public ListWaiting.Waiting? Current { get; private set; }

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPostPublish(CancellationToken ct)
    {
        await mediator.Send(new PublishProposal.Command(Slug, Number, user, Input), ct);
        return Redirect($"{Places.ProposalsDesk(Slug)}?done={Number}");
    }

    public async Task<IActionResult> OnPostReturn(CancellationToken ct)
    {
        await mediator.Send(new ReturnProposal.Command(Slug, Number, user, Input), ct);
        return Redirect($"{Places.ProposalsDesk(Slug)}?done={Number}");
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        Waiting = await mediator.Send(new ListWaiting.Query(Slug, user), ct);
        Current = Waiting.FirstOrDefault(w => w.Number == Number) ?? (Waiting.Count > 0 ? Waiting[0] : null);
    }

    int Number => int.TryParse(N, out var number) ? number : 0;
}
