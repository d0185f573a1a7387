using Discovery.Platform;
using Discovery.Rounds.Charters;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Rounds;

/// <summary>All rounds that were ever announced, by region and state; what a filter does not know it leaves out of account.</summary>
internal sealed class ArchiveModel(IMediator mediator) : PageModel
{
    public static readonly IReadOnlyList<string> Statuses = ["running", "closed"];

    [FromQuery(Name = "region")]
    public string? Region { get; set; }

    [FromQuery(Name = "status")]
    public string? Status { get; set; }

    public IReadOnlyList<ListRounds.Row> Rounds { get; private set; } = [];
    public IReadOnlyList<ListRounds.Row> Drafts { get; private set; } = [];
    public IReadOnlyList<(string Slug, string Name)> Regions { get; private set; } = [];

    /// <summary>There is no round at all, whatever the filter.</summary>
    public bool IsEmpty { get; private set; }

    public bool MayDraft => new CurrentUser(User).IsAny(Roles.Official);

    public async Task OnGet(CancellationToken ct)
    {
        var all = await mediator.Send(new ListRounds.Query(), ct);
        var announced = all.Where(r => r.Status != "draft").ToList();
        Drafts = [.. all.Where(r => r.Status == "draft")];
        IsEmpty = announced.Count == 0;
        Regions = [.. announced.DistinctBy(r => r.Region).Select(r => (r.Region, r.RegionName.Here())).OrderBy(r => r.Item2, StringComparer.CurrentCulture)];
        if (!Regions.Any(r => r.Slug == Region)) Region = null;
        if (!Statuses.Contains(Status)) Status = null;
        Rounds = [.. announced.Where(r => (Region is null || r.Region == Region) && (Status is null || r.Status == "closed" == (Status == "closed")))];
    }
}
