using Discovery.Contracts.Identity;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Proposals.CoAuthors;
using Discovery.Proposals.Data;
using Discovery.Proposals.Drafts;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Reviews;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

[SharedPage]
internal sealed class IndexModel(IMediator mediator, ProposalsDb db, CurrentUser user) : PageModel
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromQuery(Name = "")]
    public ListProposals.Filter Filter { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public ListProposals.Page List { get; private set; } = null!;
    public IReadOnlyList<ListOwn.Own> Own { get; private set; } = [];
    public IReadOnlyList<GetDraft.Row> Drafts { get; private set; } = [];
    public IReadOnlyList<ListCoAuthors.Row> Invitations { get; private set; } = [];

    /// <summary>What the person was drawn to review and has not answered.</summary>
    public int OpenReviews { get; private set; }

    public bool IsPart => Request.Query.ContainsKey("part");
    public bool IsFiltered => List.Q.Length > 0 || List.Sectors.Count > 0 || List.Kind is not null;
    public bool MayPropose => Round.IsIn(PhaseKinds.Proposals) && !user.IsOfAuthority;
    public bool IsOfficial => user.Is(Roles.Official, Round.Region.Slug);

    /// <summary>Kinds that may vote in this round: others hardly propose.</summary>
    public IEnumerable<string> Kinds => OrganisationKinds.All.Where(kind => kind == List.Kind || Round.Charter.Groups.Any(g => g.Kinds.Contains(kind)));

    public async Task OnGet(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        List = await mediator.Send(new ListProposals.Query(Slug, Filter), ct);
        if (!user.IsSignedIn || IsPart) return;
        Own = await mediator.Send(new ListOwn.Query(Slug, user), ct);
        OpenReviews = (await mediator.Send(new ListMyReviews.Query(Slug, user), ct)).Count(r => r.IsOpen);
        Invitations = await mediator.Send(new ListCoAuthors.Mine(Slug, user), ct);
        Drafts = await mediator.Send(new GetDraft.List(Slug, user), ct);
    }

    /// <summary>This list without one of its filters.</summary>
    public string Without(string name, string? value = null)
    {
        var rest = Request.Query.SelectMany(q => q.Value.Select(v => (q.Key, Value: v)))
            .Where(q => q.Key != "p" && !(q.Key.Equals(name, StringComparison.OrdinalIgnoreCase) && (value is null || q.Value == value)))
            .Select(q => KeyValuePair.Create(q.Key, q.Value));
        return Places.Proposals(Slug) + QueryString.Create(rest).ToUriComponent();
    }
}
