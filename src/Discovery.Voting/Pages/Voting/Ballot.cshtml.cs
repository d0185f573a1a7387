using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Discovery.Contracts.Proposals;
using Discovery.Platform;
using Discovery.Site;
using Discovery.Voting.Ballots;
using Discovery.Voting.Data;
using Discovery.Voting.Ledger;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Voting.Pages.Voting;

/// <summary>The ballot. Every button is a submit, and the order travels in the form: the script only saves the round trips.</summary>
internal sealed class BallotModel(IMediator mediator, VotingDb db, Sheets sheets, CurrentUser user) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    /// <summary>The organisation or person that votes.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? As { get; set; }

    public RoundCopy Round { get; private set; } = null!;
    public GetVoting.Answer Voting { get; private set; } = null!;
    public Sheet? Sheet { get; private set; }
    public GetMyBallot.Answer? Mine { get; private set; }
    public Draft? Draft { get; private set; }

    public IReadOnlyList<ListedProposal> Ranked { get; private set; } = [];

    /// <summary>Not on the voter's list, in an order of the voter's own: whoever stands first in a common list gets votes for it.</summary>
    public IReadOnlyList<ListedProposal> Rest { get; private set; } = [];

    public IReadOnlyList<ListedProposal> Unseen { get; private set; } = [];
    public IReadOnlyList<ListedProposal> Withdrawn { get; private set; } = [];

    /// <summary>Withdrawn proposals that were on the voter's list.</summary>
    public IReadOnlyCollection<int> Dropped { get; private set; } = [];

    /// <summary>Where the keyboard goes on after a round trip: <c>7:up</c>.</summary>
    public string? Focus { get; private set; }

    public bool IsSignedIn => user.IsSignedIn;
    public bool IsOfAuthority => user.IsOfAuthority;
    public bool SeesDesk => user.Is(Roles.Official, Round.Region.Slug) || user.Is(Roles.Auditor, Round.Region.Slug);
    public string PersonName => user.Name;
    public bool IsOpen => Voting.State == "open";
    public GetMyBallot.Capacity? Capacity => Mine is { Chosen: >= 0 } mine ? mine.Capacities[mine.Chosen] : null;
    public int Max => Math.Min(Sheet!.Rules.MaxRanked, Ranked.Count + Rest.Count);

    /// <summary>How many the count takes as approved where the voter draws no line (ranking.md 2.1).</summary>
    public int Half => Math.Max(1, (Sheet!.List.Count - Withdrawn.Count) / 2);

    public string? FocusOf(int number) => Focus is { } focus && focus.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{number}:"), StringComparison.Ordinal) ? focus[(focus.IndexOf(':') + 1)..] : null;

    // The same for the same voter at every look, and for no two voters alike.
    public ulong Shuffle(ListedProposal proposal) =>
        BitConverter.ToUInt64(SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{user.Id:N}{Round.Id:N}{proposal.Number}"))));

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!user.IsSignedIn) return Challenge();
        var draft = Draft = Draft.Read(Request.Form);
        if (draft.Stray is { } stray) throw Sheet.Bad("voting.ballot.unknown", stray);
        var sheet = await sheets.GetAsync(Slug, ct);
        if (Request.Form["do"] == "cast") return await CastAsync(draft, sheet, ct);

        if (Request.Form["move"].ToString().Split(':') is [var moved, var where] && Number(moved) is { } row) Move(draft, row, where);
        var added = Number(Request.Form["add"].ToString());
        if (added is not null) Add(draft, added.Value, sheet);
        // The person goes on as another voter: a ballot that this voter has cast goes before what was just being arranged.
        var other = Request.Form["do"] == "as";
        if (other) Draft = null;
        await Load(ct);
        if (other && Mine?.Ballot is null) Draft = draft;
        Sort();
        if (added is not null) FocusAfter(added.Value);
        return Page();
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        Voting = await mediator.Send(new GetVoting.Query(Slug), ct);
        Sheet = await sheets.FindAsync(Round, ct);
        if (!user.IsSignedIn || user.IsOfAuthority || Sheet is null) return;
        Mine = await mediator.Send(new GetMyBallot.Query(Slug, user, As), ct);
        if (Mine is { Chosen: < 0, Capacities: [var first, ..] }) Mine = await mediator.Send(new GetMyBallot.Query(Slug, user, first.Subject), ct);
        Draft ??= Mine.Ballot is { } ballot ? Draft.Of(ballot) : new();
        Sort();
    }

    async Task<IActionResult> CastAsync(Draft draft, Sheet sheet, CancellationToken ct)
    {
        var receipt = await mediator.Send(new CastBallot.Command(Slug, user, draft.ToForm(As, sheet.IsApproval)), ct);
        return Redirect(ReceiptModel.PlaceOf(Slug, receipt, "cast"));
    }

    void Move(Draft draft, int row, string where)
    {
        var at = draft.Order.IndexOf(row);
        draft.Move(row, where);
        Focus = where == "out" && draft.Order.Count > 0 ? $"{draft.Order[Math.Clamp(at, 0, draft.Order.Count - 1)]}:out" : $"{row}:{where}";
    }

    void Add(Draft draft, int number, Sheet sheet)
    {
        if (draft.Order.Count >= sheet.Rules.MaxRanked) throw Sheet.Bad("ballot.full", sheet.Rules.MaxRanked);
        draft.Order.Add(number);
    }

    // Whoever adds one probably goes on with the next.
    void FocusAfter(int number)
    {
        if (Ranked.FirstOrDefault(p => p.Number == number) is not { } added) return;
        var next = Rest.FirstOrDefault(p => Shuffle(p) > Shuffle(added)) ?? (Rest.Count > 0 ? Rest[^1] : null);
        Focus = next is null ? $"{number}:up" : $"{next.Number}:add";
    }

    void Sort()
    {
        if (Sheet is null || Draft is null || Mine is null) return;
        var (list, draft) = (Sheet.List.ToDictionary(p => p.Number), Draft);
        Withdrawn = [.. Sheet.List.Where(p => Voting.Withdrawn.Contains(p.Number))];
        Dropped = [.. Dropped, .. draft.Order.Where(Voting.Withdrawn.Contains)];
        Unseen = [.. Sheet.List.Where(p => Mine.Unseen.Contains(p.Number))];
        draft.Keep(n => list.ContainsKey(n) && !Voting.Withdrawn.Contains(n) && !Mine.Unseen.Contains(n));
        Ranked = [.. draft.Order.Select(n => list[n])];
        Rest = [.. Sheet.List.Except(Ranked).Except(Withdrawn).Except(Unseen).OrderBy(Shuffle)];
    }

    static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
}
