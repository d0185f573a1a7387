using Discovery.Platform;
using Discovery.Proposals.Annexes;
using Discovery.Proposals.Data;
using Discovery.Proposals.Participants;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>The confidential annex: authors write it and see who has read it; readers open it.</summary>
[Authorize]
internal sealed class AnnexModel(IMediator mediator, ProposalsDb db, CurrentUser user) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "number")]
    public int Number { get; set; }

    /// <summary>Words of the name of a reader that is looked for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Find { get; set; }

    [BindProperty]
    public KeepAnnex.Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public OpenAnnex.View View { get; private set; } = null!;

    /// <summary>What a reader has opened.</summary>
    public string? Text { get; private set; }

    /// <summary>Readers, and those that were looked for.</summary>
    public IReadOnlyList<SelectListItem> Choices { get; private set; } = [];

    public async Task OnGet(CancellationToken ct)
    {
        await Load(ct);
        Input = new() { Text = View.Text, Readers = [.. View.Readers.Select(r => r.Id)], ForOfficials = View.ForOfficials, Version = View.Version };
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new KeepAnnex.Command(Slug, Number, user, Input), ct);
        return Redirect(Places.Annex(Slug, Number));
    }

    /// <summary>Looks for a reader; what was typed stays in the form.</summary>
    public async Task OnPostFind(CancellationToken ct) => await Load(ct);

    public async Task OnPostOpen(CancellationToken ct)
    {
        Text = (await mediator.Send(new OpenAnnex.Command(Slug, Number, user), ct)).Text;
        await Load(ct);
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        View = await mediator.Send(new OpenAnnex.Query(Slug, Number, user), ct);
        if (!View.IsAuthor) return;
        var (chosen, known) = (Input.Readers ?? [], View.Readers.ToList());
        known.AddRange((await db.Organisations.AsNoTracking().Where(o => chosen.Contains(o.Id)).ToListAsync(ct)).ConvertAll(OrganisationCard.Of));
        known.AddRange(await db.FindOrganisationsAsync(Find, [], ct));
        Choices = [.. known.DistinctBy(o => o.Id).Select(o => new SelectListItem(o.Name.Here(), o.Id.ToString()))];
    }
}
