using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.Tables;
using Discovery.Proposals.Data;
using Discovery.Proposals.Import;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>Where officials bring a file of proposals, and find those that were brought before.</summary>
[Authorize]
internal sealed class ImportModel(IMediator mediator, ProposalsDb db, CurrentUser user) : PageModel, IShownAgain
{
    public sealed record Form
    {
        public IFormFile? File { get; init; }
        public string? Reason { get; init; }
    }

    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [BindProperty]
    public Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public IReadOnlyList<GetImport.Summary> Batches { get; private set; } = [];
    public bool IsTime => Round.IsOpenFor(PhaseKinds.Proposals);

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await using var content = Input.File?.OpenReadStream() ?? Stream.Null;
        var batch = await mediator.Send(new UploadImport.Command(Slug, user, new() { Reason = Input.Reason }, await TableFile.ReadAsync(content, ct)), ct);
        return Redirect(Places.ImportedFile(Slug, batch));
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        Batches = await mediator.Send(new GetImport.List(Slug, user), ct);
    }
}
