using System.Globalization;
using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Merges;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Versions;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>Which proposals, whose text goes on, and with which words; the first two stand in the address.</summary>
[Authorize]
internal sealed class NewMergeModel(IMediator mediator, ProposalsDb db, CurrentUser user, Words<Texts> text) : PageModel, IProposalForm, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    /// <summary>Text, because an address may hold anything: what is no published proposal is named.</summary>
    [FromQuery(Name = "with")]
    public string[] With { get; set; } = [];

    [FromQuery(Name = "lead")]
    public string? LeadNumber { get; set; }

    [BindProperty]
    public ProposeMerge.Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public IReadOnlyList<Part> Parts { get; private set; } = [];
    public IReadOnlyList<string> Unknown { get; private set; } = [];
    public Part? Lead { get; private set; }

    /// <summary>What the authors of the lead have changed while this was written.</summary>
    public ThreeWay? Meanwhile { get; private set; }

    Content IProposalForm.Input => Input;

    public sealed record Part(int Number, Text Title, Content Content, int Version);

    public async Task OnGet(CancellationToken ct)
    {
        await FindAsync(ct);
        if (Lead is { } lead) Input = new(lead.Content) { BaseVersion = lead.Version };
        ProposalForm.Prepare(Input, ModelState);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        try
        {
            var answer = await mediator.Send(new ProposeMerge.Command(Slug, user, Input), ct);
            return Redirect(Places.Merge(Slug, answer.Id));
        }
        catch (RuleBroken rule) when (rule.Code == "proposals.edited-meanwhile" && Input.Lead is { } lead)
        {
            var versions = (await mediator.Send(new GetVersions.Query(Slug, lead, user), ct)).Versions;
            var was = (versions.FirstOrDefault(v => v.Number == Input.BaseVersion) ?? versions[0]).Content;
            Meanwhile = ThreeWay.Of(was, versions[^1].Content, was.With(Wording.Changed(was, Input.Cleaned())), text, await db.GetRound(Slug, ct));
            ModelState.Remove("Input.BaseVersion");
            Input = Input with { BaseVersion = versions[^1].Number };
            throw;
        }
    }

    public async Task Load(CancellationToken ct)
    {
        (With, LeadNumber) = ([.. Input.With.Select(n => n.ToString(CultureInfo.InvariantCulture))], Input.Lead?.ToString(CultureInfo.InvariantCulture));
        await FindAsync(ct);
        ProposalForm.Prepare(Input, ModelState);
    }

    async Task FindAsync(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        var asked = With.Where(w => !string.IsNullOrWhiteSpace(w)).Select(w => w.Trim()).Distinct().ToList();
        var numbers = asked.Select(w => int.TryParse(w, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0).Where(n => n > 0).ToList();
        Parts = (await db.Proposals.AsNoTracking().Where(p => p.Round == Round.Id && numbers.Contains(p.Number) && p.PublishedAt != null).OrderBy(p => p.Number).Take(Merge.Most).ToListAsync(ct))
            .ConvertAll(p => new Part(p.Number, p.Content.Title, p.Content, p.Revision));
        Unknown = [.. asked.Where(w => Parts.All(p => p.Number.ToString(CultureInfo.InvariantCulture) != w)).Select(w => w.Length > 20 ? w[..20] + "…" : w)];
        Lead = Parts.FirstOrDefault(p => p.Number.ToString(CultureInfo.InvariantCulture) == LeadNumber) ?? (Parts.Count > 0 ? Parts[0] : null);
    }
}
