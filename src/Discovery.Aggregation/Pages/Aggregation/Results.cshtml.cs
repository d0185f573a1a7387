using Discovery.Aggregation.Results;
using Discovery.Platform;
using Discovery.Ranking;
using Discovery.Site;
using Discovery.Site.Charts;
using MediatR;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;

namespace Discovery.Aggregation.Pages.Aggregation;

[SharedPage]
internal sealed class ResultsModel(IMediator mediator, CurrentUser user, Words<Texts> text) : CountPage(mediator, user), IShownAgain
{
    /// <summary>So many of those outside the list are drawn; all stand in the table of numbers.</summary>
    const int Drawn = 5;

    private readonly IMediator mediator = mediator;
    private readonly CurrentUser user = user;

    public bool IsOfficial => user.Is(Roles.Official, Round.Region.Slug);
    public bool AskedByMe => View.Outcome?.AskedBy == user.Id;

    public IReadOnlyList<int> OutsideDrawn => [.. Outside.Take(Drawn)];

    /// <summary>Numbers on the list that were withdrawn before the seal.</summary>
    public IReadOnlyList<int> Withdrawn => [.. Final.ByNumber.Keys.Where(n => Final.IndexOf(n) is null).Order()];

    /// <summary>The rank axis ends with the last rank drawn: with hundreds of proposals the line would otherwise lie at its very start.</summary>
    public int Axis => Math.Max(Round.Rules.K + 1, Result.Seats.Select(s => s.Proposal).Concat(OutsideDrawn).Select(p => Final.RankOf(p)!.Value).DefaultIfEmpty(1).Max());

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPostPublish(CancellationToken ct)
    {
        await mediator.Send(new PublishResults.Command(Slug, user), ct);
        return Redirect(Places.Results(Slug));
    }

    /// <summary>All groups have the same weight in the charter, and each has enough ballots for all of it.</summary>
    public bool EqualWeights => Result.Groups.Count > 1 && Result.Groups.Select(g => g.C * g.Units).Distinct().Count() == 1;

    /// <summary>What the voters of each group paid for a place, as a bar; groups that are too small to be shown stand in it together.</summary>
    public IHtmlContent PaidBar(Seat seat)
    {
        var shown = Final.Small.Shown.ToDictionary(g => Result.Groups[g].Id, g => Percent.Width(seat.Paid[g]));
        return GroupBars.Stacked(Round, shown, 16, Final.Small.Any ? (Percent.Width(PaidByHidden(seat)), text["results.together"]) : null);
    }
}
