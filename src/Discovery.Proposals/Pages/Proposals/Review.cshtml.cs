using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Reviews;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>What somebody was drawn to review, one after the other.</summary>
[Authorize]
internal sealed class ReviewModel(IMediator mediator, ProposalsDb db, CurrentUser user) : PageModel, IShownAgain
{
    public static readonly IReadOnlyList<string> Questions = ["novelty", "market", "stake", "spill-over"];

    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    /// <summary>Number of the proposal that is read; without it the first open one.</summary>
    [FromQuery(Name = "n")]
    public string? N { get; set; }

    [BindProperty]
    public GiveReview.Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public IReadOnlyList<ListMyReviews.Row> Mine { get; private set; } = [];
    public ListMyReviews.Row? Current { get; private set; }
    public GetProposal.View? Proposal { get; private set; }

    public Task OnGet(CancellationToken ct) => Load(ct);

    public Task<IActionResult> OnPost(CancellationToken ct) => GiveAsync(Input with { HasInterest = false }, ct);

    public Task<IActionResult> OnPostDecline(CancellationToken ct) => GiveAsync(new() { HasInterest = true }, ct);

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        Mine = await mediator.Send(new ListMyReviews.Query(Slug, user), ct);
        Current = Mine.FirstOrDefault(m => m.Number == Number && !m.HasInterest) ?? Mine.FirstOrDefault(m => m.IsOpen);
        if (Current is not null) Proposal = await mediator.Send(new GetProposal.Query(Slug, Current.Number, user), ct);
    }

    int Number => int.TryParse(N, out var number) ? number : 0;

    async Task<IActionResult> GiveAsync(GiveReview.Form form, CancellationToken ct)
    {
        await mediator.Send(new GiveReview.Command(Slug, Number, user, form), ct);
        return Redirect(Places.Reviews(Slug));
    }
}
