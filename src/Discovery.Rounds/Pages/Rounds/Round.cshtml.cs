using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Rounds.Charters;
using Discovery.Rounds.Data;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Rounds;

/// <summary>The charter of one round in plain words.</summary>
internal sealed class RoundModel(IMediator mediator, RoundsDb db, CurrentUser user) : PageModel
{
    public GetRound.View It { get; private set; } = null!;
    public RoundCopy Copy { get; private set; } = null!;
    public bool MayRun => user.MayRun(It.Region.Slug, It.Origin) && !user.IsTool;

    public async Task<IActionResult> OnGet(string round, CancellationToken ct)
    {
        It = await mediator.Send(new GetRound.Query(round), ct);
        // A draft is read where it is worked on.
        if (It.Status == "draft") return Redirect(Places.Ready(It.Slug));
        Copy = await db.GetRound(round, ct);
        return Page();
    }

    /// <summary>A share such as 1/20 in per cent.</summary>
    public static double Percent(string share) => share.Split('/') is [var p, var q] ? 100.0 * int.Parse(p, System.Globalization.CultureInfo.InvariantCulture) / int.Parse(q, System.Globalization.CultureInfo.InvariantCulture) : 0;

    public string Kinds(IReadOnlyList<string> kinds, Words<Texts> text) => string.Join(", ", kinds.Select(k => text["kind." + k].ToLower(System.Globalization.CultureInfo.CurrentCulture)));

    public Text? PartnerOf(GetRound.GroupView group) => It.Groups.FirstOrDefault(g => g.Id == group.Partner)?.Name;
}
