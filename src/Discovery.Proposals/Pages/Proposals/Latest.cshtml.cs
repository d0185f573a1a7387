using Discovery.Contracts.Rounds;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>The three newest, for the home page to include.</summary>
internal sealed class LatestModel(IMediator mediator, ProposalsDb db) : PageModel
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    public RoundCopy Round { get; private set; } = null!;
    public ListProposals.Page List { get; private set; } = null!;
    public bool IsCollecting => Round.IsIn(PhaseKinds.Proposals);

    public async Task OnGet(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        List = await mediator.Send(new ListProposals.Query(Slug, new() { Sort = "new" }, Size: 3), ct);
    }
}
