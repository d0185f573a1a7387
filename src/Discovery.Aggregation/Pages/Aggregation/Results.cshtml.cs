using Discovery.Aggregation.Results;
using Discovery.Platform;
using Discovery.Ranking;
using Discovery.Site;
using Discovery.Site.Charts;
using MediatR;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Aggregation.Pages.Aggregation;

internal sealed class ResultsModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain
{
    /// <summary>So many of those outside the line are drawn; the others stand in a plain table.</summary>
    const int Drawn = 20;

    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    public ReadResults.View View { get; private set; } = null!;
    public RoundCopy Round => View.Round;
    public FinalCount Final => View.Final!;
    public Result Result => Final.Result;

    public bool IsOfficial => user.Is(Roles.Official, Round.Region.Slug);
    public bool AskedByMe => View.Outcome?.AskedBy == user.Id;

    /// <summary>Those that take part and have no place, best first; and those that too few have seen.</summary>
    public IReadOnlyList<int> Outside { get; private set; } = [];

    public IReadOnlyList<int> OutsideDrawn => [.. Outside.Take(Drawn)];
    public IReadOnlyList<int> OutsideListed => [.. Outside.Skip(Drawn)];

    /// <summary>Numbers on the list that were withdrawn before the seal.</summary>
    public IReadOnlyList<int> Withdrawn { get; private set; } = [];

    /// <summary>The rank axis ends with the last rank drawn: with hundreds of proposals the line would otherwise lie at its very start.</summary>
    public int Axis { get; private set; }

    /// <summary>The same number of places by plain head count.</summary>
    public IReadOnlyList<int> Plain { get; private set; } = [];

    public IReadOnlyList<int> Entered => [.. Result.Seats.Select(s => s.Proposal).Except(Plain)];
    public IReadOnlyList<int> Left => [.. Plain.Except(Result.Seats.Select(s => s.Proposal))];

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPostPublish(CancellationToken ct)
    {
        await mediator.Send(new PublishResults.Command(Slug, user), ct);
        return Redirect(Places.Results(Slug));
    }

    public async Task Load(CancellationToken ct)
    {
        View = await mediator.Send(new ReadResults.Query(Slug, user), ct);
        if (View.Final is null) return;
        var seated = Result.Seats.Select(s => s.Proposal).ToHashSet();
        Outside = [.. Result.Consensus.Where(p => !seated.Contains(p))];
        Withdrawn = [.. Final.ByNumber.Keys.Where(n => Final.IndexOf(n) is null).Order()];
        Plain = [.. Result.Plain.Borda.Take(Result.Seats.Count)];
        Axis = Math.Max(Round.Rules.K + 1, Result.Seats.Select(s => s.Proposal).Concat(OutsideDrawn).Select(p => Final.RankOf(p)!.Value).DefaultIfEmpty(1).Max());
    }

    /// <summary>All groups have the same weight in the charter, and each has enough ballots for all of it.</summary>
    public bool EqualWeights => Result.Groups.Count > 1 && Result.Groups.Select(g => g.C * g.Units).Distinct().Count() == 1;

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

    /// <summary>What the voters of each group paid for a place, as a bar; groups that are too small to be shown stand in it together.</summary>
    public IHtmlContent PaidBar(Seat seat)
    {
        var shown = Final.Small.Shown.ToDictionary(g => Result.Groups[g].Id, g => Percent.Width(seat.Paid[g]));
        return GroupBars.Stacked(Round, shown, 16, Final.Small.Any ? (Percent.Width(PaidByHidden(seat)), text["results.together"]) : null);
    }

    public Fraction PaidByHidden(Seat seat) => Final.Small.Hidden.Aggregate(default(Fraction), (sum, g) => sum + seat.Paid[g]);

    public SlopeItem Slope(int p) => Final.Of(p) is var listed ? new(listed.Number, listed.Title.Here(), listed.Sector, listed.Title.OtherLang()) : null!;
}
