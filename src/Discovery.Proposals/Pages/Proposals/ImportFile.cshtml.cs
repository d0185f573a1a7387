using Discovery.Platform;
using Discovery.Platform.Tables;
using Discovery.Proposals.Data;
using Discovery.Proposals.Import;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>One file: what it would do, then what it did, and the way back.</summary>
[Authorize]
internal sealed class ImportFileModel(IMediator mediator, ProposalsDb db, CurrentUser user, AllWords words) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "batch")]
    public Guid Id { get; set; }

    [BindProperty]
    public EnterImport.Form Input { get; set; } = new();

    /// <summary>Rows that are shown: the page has a budget, and who has more faults than that mends the file first.</summary>
    public int Most => 60;

    public RoundCopy Round { get; private set; } = null!;
    public GetImport.View Batch { get; private set; } = null!;

    public string Say(TableFault fault) => words[fault.Why, fault.Values];

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPostEnter(CancellationToken ct)
    {
        await mediator.Send(new EnterImport.Command(Slug, Id, user, Input), ct);
        return Redirect(Places.ImportedFile(Slug, Id));
    }

    public async Task<IActionResult> OnPostUndo(CancellationToken ct)
    {
        await mediator.Send(new UndoImport.Command(Slug, Id, user), ct);
        return Redirect(Places.ImportedFile(Slug, Id));
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        Batch = await mediator.Send(new GetImport.Query(Slug, Id, user), ct);
    }
}
