using Discovery.Platform;
using Discovery.Proposals.Amendments;
using Discovery.Proposals.Data;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

internal sealed class AmendmentsModel(IMediator mediator, ProposalsDb db, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "number")]
    public int Number { get; set; }

    /// <summary>The amendment that is answered.</summary>
    [FromQuery(Name = "id")]
    public Guid Id { get; set; }

    [BindProperty]
    public AnswerAmendment.Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public ListAmendments.View View { get; private set; } = null!;
    public Words<Texts> Words => text;

    public Task OnGet(CancellationToken ct) => Load(ct);

    public Task<IActionResult> OnPostAccept(CancellationToken ct) => AnswerAsync(Input with { Accepts = true }, ct);

    public Task<IActionResult> OnPostRefuse(CancellationToken ct) => AnswerAsync(Input with { Accepts = false }, ct);

    public async Task<IActionResult> OnPostWithdraw(CancellationToken ct)
    {
        await mediator.Send(new AnswerAmendment.Withdraw(Slug, Number, Id, user), ct);
        return Redirect(Places.Amendments(Slug, Number));
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        View = await mediator.Send(new ListAmendments.Query(Slug, Number, user), ct);
    }

    async Task<IActionResult> AnswerAsync(AnswerAmendment.Form form, CancellationToken ct)
    {
        await mediator.Send(new AnswerAmendment.Command(Slug, Number, Id, user, form), ct);
        return Redirect(Places.Amendments(Slug, Number));
    }
}
