using Discovery.Platform;
using Discovery.Platform.Tables;
using Discovery.Proposals.Catalogue;
using Discovery.Proposals.Data;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>Priorities of other regions, with which proposals are compared.</summary>
[Authorize]
internal sealed class CatalogueModel(IMediator mediator, ProposalsDb db, CurrentUser user, AllWords words) : PageModel, IShownAgain
{
    public sealed record Form
    {
        public IFormFile? File { get; init; }
    }

    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [BindProperty]
    public Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public Catalogue.Catalogue? Catalogue { get; private set; }
    public ImportCatalogue.Answer? Answer { get; private set; }

    public string Say(TableFault fault) => words[fault.Why, fault.Values];

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await using var content = Input.File?.OpenReadStream() ?? Stream.Null;
        Answer = await mediator.Send(new ImportCatalogue.Command(Slug, user, await TableFile.ReadAsync(content, ct)), ct);
        if (Answer.Faults.Count == 0) return Redirect(Places.PeerCatalogue(Slug));
        await Load(ct);
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        user.MustRun(Round.Region.Slug, Round.Charter.Origin);
        Catalogue = await db.CatalogueAsync(Round.Id, ct);
    }
}
