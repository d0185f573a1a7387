using Discovery.Platform;
using Discovery.Proposals.CoAuthors;
using Discovery.Proposals.Data;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

[Authorize]
internal sealed class CoAuthorsModel(IMediator mediator, ProposalsDb db, CurrentUser user) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "number")]
    public int Number { get; set; }

    [FromQuery(Name = "find")]
    public string? FindWords { get; set; }

    /// <summary>Whom an act is about.</summary>
    [FromQuery(Name = "organisation")]
    public Guid Organisation { get; set; }

    [BindProperty]
    public InviteCoAuthor.Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public ListCoAuthors.View View { get; private set; } = null!;

    public Task OnGet(CancellationToken ct) => Load(ct);

    public Task<IActionResult> OnPostInvite(CancellationToken ct) => DoAsync(new InviteCoAuthor.Command(Slug, Number, user, Input), ct);

    public Task<IActionResult> OnPostAccept(CancellationToken ct) => DoAsync(new AnswerInvitation.Command(Slug, Number, Organisation, user, new() { Accepts = true }), ct);

    public async Task<IActionResult> OnPostRefuse(CancellationToken ct)
    {
        await mediator.Send(new AnswerInvitation.Command(Slug, Number, Organisation, user, new()), ct);
        // The proposal may not be theirs to see any more.
        return Redirect(Places.Proposals(Slug));
    }

    public Task<IActionResult> OnPostEnd(CancellationToken ct) => DoAsync(new EndCoAuthorship.Command(Slug, Number, Organisation, user), ct);

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        View = await mediator.Send(new ListCoAuthors.Query(Slug, Number, user, FindWords), ct);
    }

    async Task<IActionResult> DoAsync(IRequest<bool> command, CancellationToken ct)
    {
        await mediator.Send(command, ct);
        return Redirect(Places.CoAuthors(Slug, Number));
    }
}
