using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Merges;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

internal sealed class MergeModel(IMediator mediator, ProposalsDb db, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "merge")]
    public Guid Id { get; set; }

    [BindProperty]
    public AnswerMerge.Form Input { get; set; } = new();

    [BindProperty]
    public UndoMerge.Form Undo { get; set; } = new();

    [BindProperty]
    public MoveSupport.Form Move { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public GetMerge.View View { get; private set; } = null!;
    public Words<Texts> Words => text;

    /// <summary>The form that is shown again with its errors.</summary>
    public string? Asked { get; private set; }

    public Task OnGet(CancellationToken ct) => Load(ct);

    public Task<IActionResult> OnPostAgree(CancellationToken ct) => DoAsync(new AnswerMerge.Command(Slug, Id, user, Input with { Agrees = true }), ct);

    public Task<IActionResult> OnPostRefuse(CancellationToken ct)
    {
        Asked = "refuse";
        return DoAsync(new AnswerMerge.Command(Slug, Id, user, Input with { Agrees = false }), ct);
    }

    public Task<IActionResult> OnPostWithdraw(CancellationToken ct) => DoAsync(new AnswerMerge.Withdraw(Slug, Id, user), ct);

    public Task<IActionResult> OnPostSupport(CancellationToken ct) => DoAsync(new MoveSupport.Command(Slug, Id, user, Move), ct);

    public async Task<IActionResult> OnPostUndo(CancellationToken ct)
    {
        try { return await DoAsync(new UndoMerge.Command(Slug, Id, user, Undo), ct); }
        catch (ValidationException invalid)
        {
            // Two forms of this page ask for a reason; this one is called Undo.
            throw new ValidationException(invalid.Errors.Select(e => new FluentValidation.Results.ValidationFailure(e.PropertyName.Replace("Input.", "Undo.", StringComparison.Ordinal), e.ErrorMessage)));
        }
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        View = await mediator.Send(new GetMerge.Query(Slug, Id, user), ct);
    }

    async Task<IActionResult> DoAsync<T>(IRequest<T> command, CancellationToken ct)
    {
        await mediator.Send(command, ct);
        return Redirect(Places.Merge(Slug, Id));
    }
}
