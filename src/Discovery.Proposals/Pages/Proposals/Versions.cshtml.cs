using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Versions;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

internal sealed class VersionsModel(IMediator mediator, ProposalsDb db, CurrentUser user, Words<Texts> text) : PageModel
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "number")]
    public int Number { get; set; }

    public RoundCopy Round { get; private set; } = null!;
    public GetVersions.View View { get; private set; } = null!;

    /// <summary>What is compared: as asked, else the last two; null when there is one.</summary>
    public GetVersions.Version? From { get; private set; }

    public GetVersions.Version? To { get; private set; }
    public IReadOnlyList<Comparison.Change> Changes { get; private set; } = [];

    // Text, because an address may hold anything: what is no version is taken for the last one.
    public async Task OnGet(string? from, string? to, CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        View = await mediator.Send(new GetVersions.Query(Slug, Number, user), ct);
        if (View.Versions.Count < 2) return;
        To = Find(to) ?? View.Versions[^1];
        From = Find(from) ?? View.Versions.LastOrDefault(v => v.Number < To.Number) ?? View.Versions[0];
        Changes = Comparison.Of(From.Content, To.Content, text, Round);
    }

    GetVersions.Version? Find(string? number) => View.Versions.FirstOrDefault(v => number == v.Number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
