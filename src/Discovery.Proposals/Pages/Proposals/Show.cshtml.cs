using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

[SharedPage]
internal sealed class ShowModel(IMediator mediator, ProposalsDb db, CurrentUser user) : PageModel
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "number")]
    public int Number { get; set; }

    public RoundCopy Round { get; private set; } = null!;
    public GetProposal.View Proposal { get; private set; } = null!;

    public bool IsOfficial => user.Is(Roles.Official, Round.Region.Slug);
    public bool MayVote => Proposal.IsListed && Round.IsIn(PhaseKinds.Voting) && !user.IsOfAuthority;
    public Cell? Municipality => Round.Region.Cells.FirstOrDefault(c => c.Key == Proposal.Content.Municipality);

    public async Task OnGet(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        Proposal = await mediator.Send(new GetProposal.Query(Slug, Number, user), ct);
    }
}
