using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Proposals.CoAuthors;
using Discovery.Proposals.Data;
using Discovery.Proposals.Drafts;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Reviews;
using Discovery.Proposals.Search;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

[SharedPage(ByVisitor = true)]
internal sealed class IndexModel(IMediator mediator, ProposalsDb db, PublishedLists lists, CurrentUser user, TimeProvider clock) : PageModel
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromQuery(Name = "")]
    public Filter Filter { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public ListProposals.Page List { get; private set; } = null!;
    public IReadOnlyList<ListOwn.Own> Own { get; private set; } = [];
    public IReadOnlyList<GetDraft.Row> Drafts { get; private set; } = [];
    public IReadOnlyList<ListCoAuthors.Row> Invitations { get; private set; } = [];

    /// <summary>What the person was drawn to review and has not answered.</summary>
    public int OpenReviews { get; private set; }

    public bool IsPart => Request.Query.ContainsKey("part");
    public bool IsFiltered => List.Q.Length > 0 || List.Chosen.Count > 0;
    public bool MayPropose => Round.IsIn(PhaseKinds.Proposals) && !user.IsOfAuthority;
    public bool IsOfficial => user.Is(Roles.Official, Round.Region.Slug);

    public async Task OnGet(CancellationToken ct)
    {
        Round = (await lists.OfAsync(db, Slug, ct)).Round;
        // Everybody has an order of the own, the same the whole day: no proposal is always first.
        List = await mediator.Send(new ListProposals.Query(Slug, Filter, Seed: clock.GetUtcNow().DayOfYear * Visitor.Kinds + Visitor.Of(HttpContext, user)), ct);
        if (!user.IsSignedIn || IsPart) return;
        Own = await mediator.Send(new ListOwn.Query(Slug, user), ct);
        OpenReviews = (await mediator.Send(new ListMyReviews.Query(Slug, user), ct)).Count(r => r.IsOpen);
        Invitations = await mediator.Send(new ListCoAuthors.Mine(Slug, user), ct);
        Drafts = await mediator.Send(new GetDraft.List(Slug, user), ct);
    }

    public bool IsChosen(string name, string value) => List.Chosen.Contains(new(name, value));

    /// <summary>What was chosen and has no control of its own in the form: it stays.</summary>
    public IEnumerable<Choice> Kept => List.Chosen.Where(c => c.Name is "municipality" or "kind" || (!IsAsking && c.Name is not ("sector" or "group"))).Concat(Ways.Where(w => w.Name is not "sort"));

    /// <summary>Somebody wants to see all conditions: a step of its own, because a list with all of them would be too heavy a page.</summary>
    public bool IsAsking => Request.Query.ContainsKey("more");

    public string More => With() is var here && here.Contains('?', StringComparison.Ordinal) ? here + "&more=1" : here + "?more=1";

    /// <summary>The same list otherwise: with other words, other choices, in another view.</summary>
    public string With(string? q = null, IEnumerable<Choice>? chosen = null, string? view = null) => Places.Proposals(Slug) + Asked(q, chosen, view);

    public string Without(Choice? choice) => choice is null ? With(q: "") : With(chosen: List.Chosen.Where(c => c != choice));

    /// <summary>This list as a file; its view does not matter there.</summary>
    public string Export(string format) => $"/api/proposals/rounds/{Uri.EscapeDataString(Slug)}/export.{format}{Asked(view: Selection.Views[0])}";

    public string Feed => Places.ProposalsFeed(Slug) + Asked(view: Selection.Views[0]);

    public string NameOf(Words<Texts> text, Choice choice) => choice.Name switch
    {
        "sector" => text["sector." + choice.Value],
        "kind" => text["kind." + choice.Value],
        "municipality" when choice.Value == Facet.WholeRegion => text["proposals.municipality.all"],
        "municipality" => CellName(choice.Value),
        "group" => GroupName(choice.Value),
        "supporters" => text["proposals.filter.supported-by", GroupName(choice.Value)],
        "type" => text["proposals.kind." + choice.Value],
        var name => text[$"proposals.{name}.{choice.Value}"],
    };

    public string GroupName(string id) => Round.Charter.Groups.First(g => g.Id == id).Name.Here();

    public string CellName(string key) => Round.Region.Cells.FirstOrDefault(c => c.Key == key)?.Name.Here() ?? key;

    /// <summary>Order and view, where they are not the usual ones.</summary>
    IEnumerable<Choice> Ways
    {
        get
        {
            if (!string.IsNullOrEmpty(Filter.Sort)) yield return new("sort", List.Sort);
            if (!string.IsNullOrEmpty(Filter.Seed)) yield return new("seed", $"{List.Seed}");
            if (List.View != Selection.Views[0]) yield return new("view", List.View);
        }
    }

    string Asked(string? q = null, IEnumerable<Choice>? chosen = null, string? view = null)
    {
        var ways = view is null ? Ways : Ways.Where(w => w.Name != "view").Concat(view == Selection.Views[0] ? [] : [new("view", view)]);
        var all = new[] { new Choice("q", q ?? List.Q) }.Where(c => c.Value.Length > 0).Concat(chosen ?? List.Chosen).Concat(ways);
        return QueryString.Create(all.Select(c => KeyValuePair.Create(c.Name, (string?)c.Value))).ToUriComponent();
    }
}
