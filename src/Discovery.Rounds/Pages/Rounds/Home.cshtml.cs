using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Rounds.Charters;
using Discovery.Rounds.Progress;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Rounds;

/// <summary>The home page of the region: its current round, whatever state it is in.</summary>
internal sealed class HomeModel(IMediator mediator) : PageModel
{
    public GetProgress.Progress? Now { get; private set; }
    public IReadOnlyList<ListRounds.Row> Others { get; private set; } = [];
    public IReadOnlyList<ListRounds.Row> Drafts { get; private set; } = [];

    /// <summary>One of the states that the page has words for: soon, proposals, admission, voting, counting, closed.</summary>
    public string State { get; private set; } = "";

    public CurrentUser Reader => new(User);

    public async Task OnGet(CancellationToken ct)
    {
        var rounds = await mediator.Send(new ListRounds.Query(), ct);
        Drafts = [.. rounds.Where(r => r.Status == "draft")];
        var shown = rounds.Where(r => r.Status != "draft").ToList();
        if (shown.Count == 0) return;
        Now = await mediator.Send(new GetProgress.Query(shown[0].Slug), ct);
        Others = [.. shown.Skip(1).Take(6)];
        State = StateOf(Now.Round);
    }

    static string StateOf(RoundCopy round) =>
        round.IsClosed ? "closed"
        : round.IsIn(PhaseKinds.Proposals) ? "proposals"
        : round.IsIn(PhaseKinds.Voting) ? "voting"
        : round.HasEnded(PhaseKinds.Voting) || round.IsIn(PhaseKinds.Results) ? "counting"
        : round.IsIn(PhaseKinds.Admission) || round.HasEnded(PhaseKinds.Proposals) ? "admission"
        : "soon";
}
