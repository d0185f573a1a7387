using System.Numerics;
using Discovery.Aggregation.Results;
using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Ranking;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Aggregation.Pages.Aggregation;

[SharedPage]
internal sealed class PlaceModel(IMediator mediator, CurrentUser user) : PageModel
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "number")]
    public int Number { get; set; }

    public ExplainPlace.View View { get; private set; } = null!;
    public Result Result => View.Final.Result;
    public SmallGroups Small => View.Final.Small;

    /// <summary>The proposal's index; only where it was not withdrawn.</summary>
    public int Index => View.Index!.Value;

    public Seat? Seat => View.Place is { } place ? Result.Seats[place - 1] : null;

    public async Task OnGet(CancellationToken ct)
    {
        View = await mediator.Send(new ExplainPlace.Query(Slug, Number, user), ct);
        Step = StepOf(View);
    }

    static IReadOnlyList<(int, Price)> StepOf(ExplainPlace.View view)
    {
        var result = view.Final.Result;
        if (view.Index is not { } p || view.Rank is null || result.Seats.Count == 0) return [];
        var place = view.Place ?? result.Seats.Count;
        var (holder, standing) = (result.Seats[place - 1], result.Standings[p]);
        if (holder.Forced || standing is not (Standing.Eligible or Standing.Narrow) || holder.Narrow != (standing == Standing.Narrow)) return [];
        var prices = view.Final.PricesAt(place);
        var rivals = result.Consensus.Where(q => q != holder.Proposal && result.Standings[q] == standing && prices.ContainsKey(q)).ToList();
        IEnumerable<int> shown = view.Place is null ? [p] : [.. rivals.OrderBy(q => prices[q].Cost).Take(1), .. rivals.Take(1)];
        return [(holder.Proposal, prices[holder.Proposal]), .. shown.Distinct().Select(q => (q, prices[q]))];
    }

    public Text TitleOf(int index) => View.Final.Of(index).Title;

    /// <summary>
    /// The step at which it took its place, or the last one, against those that it is asked about: the next cheapest, and the best in the consensus
    /// that had no place yet. Empty where prices had no say: the reserved first place, and who fails a guard.
    /// </summary>
    public IReadOnlyList<(int Proposal, Price Price)> Step { get; private set; } = [];

    /// <summary>Groups whose voters paid a larger part of the place than their part of the whole weight: whom it represents.</summary>
    public IEnumerable<int> PaidMost => Enumerable.Range(0, Result.Groups.Count)
        .Where(g => !Small.Hides(g) && Seat!.Paid[g] > new Fraction(Result.Groups[g].C * Result.Groups[g].Units, Result.Total))
        .OrderByDescending(g => Seat!.Paid[g]);

    /// <summary>The group in which the smallest part approves; null when some numbers of it are withheld.</summary>
    public int? WorstGroup => Active.Any(g => Small.Approving(g, Index) is null) ? null
        : Active.Cast<int?>().MinBy(g => new Fraction(Result.Groups[g!.Value].Approval[Index], Result.Groups[g.Value].Units));

    public IEnumerable<int> Active => Enumerable.Range(0, Result.Groups.Count).Where(g => Result.Groups[g].Active);

    /// <summary>How many of the counts without one group leave it a place.</summary>
    public int Survives => Result.WithoutGroup.Count(w => w.Seats.Contains(Index));

    public IEnumerable<(int Group, BigInteger Part)> Splits(ExplainPlace.Duel duel) => Small.Shown.Where(g => Result.Groups[g].Active).Select(g => (g, duel.Splits[g]));

    public BigInteger HiddenSplit(ExplainPlace.Duel duel) => Small.Hidden.Aggregate(BigInteger.Zero, (sum, g) => sum + duel.Splits[g]);
}
