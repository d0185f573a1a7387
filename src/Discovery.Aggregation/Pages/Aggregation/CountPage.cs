using Discovery.Aggregation.Results;
using Discovery.Platform;
using Discovery.Ranking;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Aggregation.Pages.Aggregation;

/// <summary>What the pages about one count share: the list itself, both ways to count, all numbers. Each fits the page budget alone; together they were three times as long.</summary>
internal abstract class CountPage(IMediator mediator, CurrentUser user) : PageModel
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    public ReadResults.View View { get; private set; } = null!;
    public RoundCopy Round => View.Round;
    public FinalCount Final => View.Final!;
    public Result Result => Final.Result;

    /// <summary>Those that take part and have no place, best first.</summary>
    public IReadOnlyList<int> Outside { get; private set; } = [];

    /// <summary>The same number of places by plain head count.</summary>
    public IReadOnlyList<int> Plain { get; private set; } = [];

    public IReadOnlyList<int> Entered => [.. Result.Seats.Select(s => s.Proposal).Except(Plain)];
    public IReadOnlyList<int> Left => [.. Plain.Except(Result.Seats.Select(s => s.Proposal))];

    public async Task Load(CancellationToken ct)
    {
        View = await mediator.Send(new ReadResults.Query(Slug, user), ct);
        if (View.Final is null) return;
        var seated = Result.Seats.Select(s => s.Proposal).ToHashSet();
        Outside = [.. Result.Consensus.Where(p => !seated.Contains(p))];
        Plain = [.. Result.Plain.Borda.Take(Result.Seats.Count)];
    }

    /// <summary>A page about the count where there is none yet: the results page says why.</summary>
    protected async Task<IActionResult> ShowAsync(CancellationToken ct)
    {
        await Load(ct);
        return View.Final is null || Result.NoData ? Redirect(Places.Results(Slug)) : Page();
    }

    /// <summary>Why one that takes part has no place: key of the text.</summary>
    public string WhyOut(int p) => "results.out." + Result.Standings[p] switch
    {
        Standing.NoApproval => "nobody",
        Standing.BelowFloor => "floor",
        Standing.UnderExposed => "unseen",
        _ when Result.ExcludedTwins.Contains(p) => "twin",
        Standing.Narrow => "narrow",
        _ => "full",
    };

    public Fraction PaidByHidden(Seat seat) => Final.Small.Hidden.Aggregate(default(Fraction), (sum, g) => sum + seat.Paid[g]);
}
