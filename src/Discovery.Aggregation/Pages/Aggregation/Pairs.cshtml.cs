using System.Numerics;
using Discovery.Aggregation.Results;
using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Aggregation.Pages.Aggregation;

[SharedPage]
internal sealed class PairsModel(IMediator mediator, CurrentUser user) : PageModel
{
    const int PerPage = 30;

    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "number")]
    public int Proposal { get; set; }

    [FromQuery(Name = "p")]
    public int Number { get; set; } = 1;

    public ExplainPlace.View View { get; private set; } = null!;
    public int Pages => Math.Max(1, (View.Duels.Count + PerPage - 1) / PerPage);
    public IEnumerable<ExplainPlace.Duel> Duels => View.Duels.Skip((Number - 1) * PerPage).Take(PerPage);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        View = await mediator.Send(new ExplainPlace.Query(Slug, Proposal, user), ct);
        Number = Math.Clamp(Number, 1, Pages);
        return View.Duels.Count == 0 ? Redirect(Places.Place(Slug, Proposal)) : Page();
    }

    public Text TitleOf(int index) => View.Final.Of(index).Title;

    public IEnumerable<BigInteger> Splits(ExplainPlace.Duel duel) => View.Final.Small.Shown.Where(g => View.Final.Result.Groups[g].Active).Select(g => duel.Splits[g]);

    public BigInteger HiddenSplit(ExplainPlace.Duel duel) => View.Final.Small.Hidden.Aggregate(BigInteger.Zero, (sum, g) => sum + duel.Splits[g]);
}
