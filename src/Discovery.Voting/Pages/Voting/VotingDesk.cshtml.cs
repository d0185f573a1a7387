using Discovery.Contracts.Proposals;
using Discovery.Platform;
using Discovery.Site;
using Discovery.Voting.Ballots;
using Discovery.Voting.Data;
using Discovery.Voting.Electorate;
using Discovery.Voting.Ledger;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Voting.Pages.Voting;

/// <summary>How the vote stands, and the two things that an official may do to it. Nobody sees single ballots here.</summary>
[Authorize]
internal sealed class VotingDeskModel(IMediator mediator, VotingDb db, Sheets sheets, CurrentUser user) : PageModel, IShownAgain
{
    public sealed class Form
    {
        public int? Number { get; set; }
        public string Reason { get; set; } = "";
        public bool Sure { get; set; }
    }

    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    /// <summary>The step that is open: <c>close</c>, <c>withdraw</c>, or none.</summary>
    [FromQuery(Name = "step")]
    public string? Step { get; set; }

    [FromQuery(Name = "done")]
    public string? Done { get; set; }

    [BindProperty]
    public Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public GetVoting.Answer Voting { get; private set; } = null!;
    public GetElectorate.Answer Electorate { get; private set; } = null!;
    public IReadOnlyList<ListedProposal> List { get; private set; } = [];

    public bool IsOfficial => user.Is(Roles.Official, Round.Region.Slug);
    public bool IsAuditor => user.Is(Roles.Auditor, Round.Region.Slug);
    public bool MayClose => IsOfficial && Voting.State == "open";
    public bool MayWithdraw => IsOfficial && Voting.State is "open" or "closed";

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPostClose(CancellationToken ct)
    {
        await MustSeeAsync(ct);
        MustBeSure(true);
        await mediator.Send(new CloseVoting.Command(Slug, user, new(Input.Reason)), ct);
        return Redirect(Places.VotingDesk(Slug) + "?done=close");
    }

    public async Task<IActionResult> OnPostWithdraw(CancellationToken ct)
    {
        await MustSeeAsync(ct);
        MustBeSure(Input.Number is not null);
        await mediator.Send(new WithdrawProposal.Command(Slug, user, new(Input.Number!.Value, Input.Reason)), ct);
        return Redirect(Places.VotingDesk(Slug) + "?done=withdraw");
    }

    public async Task Load(CancellationToken ct)
    {
        await MustSeeAsync(ct);
        Voting = await mediator.Send(new GetVoting.Query(Slug), ct);
        Electorate = await mediator.Send(new GetElectorate.Query(Slug), ct);
        List = (await sheets.FindAsync(Round, ct))?.List ?? [];
    }

    async Task MustSeeAsync(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        // Whoever has no business here is not told that there is a desk.
        if (!IsOfficial && !IsAuditor) throw new RuleBroken("round.unknown") { Status = 404 };
    }

    // Both acts cannot be undone.
    void MustBeSure(bool named)
    {
        List<ValidationFailure> missing = [];
        if (!named) missing.Add(new("Input.Number", "voting.desk.number.missing"));
        if (string.IsNullOrWhiteSpace(Input.Reason)) missing.Add(new("Input.Reason", "voting.reason.missing"));
        if (!Input.Sure) missing.Add(new("Input.Sure", "voting.desk.sure.missing"));
        if (missing.Count > 0) throw new ValidationException(missing);
    }
}
