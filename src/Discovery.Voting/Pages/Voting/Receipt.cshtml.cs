using System.Globalization;
using Discovery.Platform;
using Discovery.Site;
using Discovery.Voting.Ballots;
using Discovery.Voting.Data;
using Discovery.Voting.Ledger;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Voting.Pages.Voting;

/// <summary>What became of a ballot. It needs the code and nobody's name, so it is open to everybody.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
internal sealed class ReceiptModel(IMediator mediator, VotingDb db, CurrentUser user, AllWords words) : PageModel
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [BindProperty(SupportsGet = true, Name = "code")]
    public string? Code { get; set; }

    /// <summary>Set by the redirect after casting: <c>cast</c> or <c>withdrawn</c>.</summary>
    [BindProperty(SupportsGet = true, Name = "just")]
    public string? Just { get; set; }

    /// <summary>Which ballot of the voter it is; from 2 on there was one before.</summary>
    [BindProperty(SupportsGet = true, Name = "n")]
    public string? Revision { get; set; }

    public RoundCopy Round { get; private set; } = null!;
    public GetVoting.Answer Voting { get; private set; } = null!;
    public CheckReceipt.Answer? Found { get; private set; }

    public bool HasJustCast => Just == "cast" && Found?.State == "counted";
    public bool HasJustWithdrawn => Just == "withdrawn" && Found?.State == "withdrawn";
    public bool IsVoter => user.IsSignedIn && !user.IsOfAuthority;

    public async Task OnGet(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        Voting = await mediator.Send(new GetVoting.Query(Slug), ct);
        if (string.IsNullOrWhiteSpace(Code)) return;
        try { Found = await mediator.Send(new CheckReceipt.Query(Slug, Code), ct); }
        catch (RuleBroken rule) when (rule.Status == 400)
        {
            ModelState.AddModelError("code", words.Say(rule));
            Response.StatusCode = 422;
        }
    }

    internal static string PlaceOf(string round, Receipt receipt, string just) =>
        string.Create(CultureInfo.InvariantCulture, $"{Places.Receipt(round)}?code={receipt.Code.Replace(' ', '-')}&just={just}&n={receipt.Revision}");
}
