using System.Globalization;
using Discovery.Platform;
using Discovery.Rounds.Data;
using Discovery.Rounds.Wheel;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Rounds;

/// <summary>Where officials confirm the wheel, one factor after another: what the data say, and the score and comment that will be public.</summary>
[Authorize]
internal sealed class RunWheelModel(IMediator mediator, RoundsDb db, CurrentUser user) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    /// <summary>The factor that is open; without it the first that nobody has confirmed.</summary>
    [FromQuery(Name = "factor")]
    public string? Factor { get; set; }

    [FromQuery(Name = "done")]
    public string? Saved { get; set; }

    [BindProperty]
    public ConfirmScore.Form Input { get; set; } = new();

    public GetWheel.View It { get; private set; } = null!;
    public RoundCopy Copy { get; private set; } = null!;
    public GetWheel.StepView Step { get; private set; } = null!;
    public GetWheel.FactorView Current { get; private set; } = null!;
    public string? Done => Assessment.All.Contains(Saved) ? Saved : null;

    public async Task OnGet(CancellationToken ct)
    {
        await Load(ct);
        (Input.Score, Input.Comment) = (Current.Score ?? Current.Suggestion?.Score, Current.Comment);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new ConfirmScore.Command(Slug, Factor ?? "", Input), ct);
        return Redirect($"{Places.RunWheel(Slug)}?done={Factor}");
    }

    public async Task Load(CancellationToken ct)
    {
        Copy = await db.GetRound(Slug, ct);
        user.MustRun(Copy.Region.Slug, Copy.Charter.Origin);
        It = await mediator.Send(new GetWheel.Query(Slug), ct);
        var factors = It.Steps.SelectMany(s => s.Factors).ToList();
        Current = factors.Find(f => f.Factor == Factor) ?? factors.Find(f => f.Score is null) ?? factors[0];
        Step = It.Steps.First(s => s.Factors.Contains(Current));
    }

    public IEnumerable<SelectListItem> Scores(Words<Texts> text) =>
        Enumerable.Range(0, Assessment.Most + 1).Select(n => new SelectListItem($"{n} – {text["rounds.wheel.grade." + n.ToString(CultureInfo.InvariantCulture)]}", n.ToString(CultureInfo.InvariantCulture)));
}
