using Discovery.Identity.Accounts;
using Discovery.Identity.Organisations;
using Discovery.Site;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>What the link of an invitation opens, for whoever holds it. It signs nobody in.</summary>
internal sealed class InvitationModel(IMediator mediator, Doorkeeper doorkeeper) : PageModel, IShownAgain
{
    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";

    /// <summary>Id of the code that is on its way.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Sent { get; set; }

    [BindProperty] public AnswerInvitation.Form Input { get; set; } = new();
    [BindProperty] public AnswerInvitation.Colleague Colleague { get; set; } = new();

    public AnswerInvitation.Landing It { get; private set; } = null!;

    // Its name would make it a handler for a method PAGE.
    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => AnswerInvitation.Seal(Response);

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task OnPostCode(CancellationToken ct)
    {
        Sent = (await mediator.Send(new AnswerInvitation.SendCode(Token), ct)).Code;
        await Load(ct);
    }

    public async Task<IActionResult> OnPostAccept(CancellationToken ct)
    {
        Input.Id = Sent ?? default;
        var accepted = await mediator.Send(new AnswerInvitation.Accept(Token, Input), ct);
        await doorkeeper.OpenAsync(accepted.Person, "code", second: false, accepted.Mandate is null ? null : accepted.Organisation, ct: ct);
        return Redirect(accepted.Mandate is null ? Places.ClaimMandate(accepted.Organisation) : Places.Organisation(accepted.Organisation));
    }

    public async Task<IActionResult> OnPostForward(CancellationToken ct)
    {
        try { await mediator.Send(new AnswerInvitation.Forward(Token, Colleague), ct); }
        // On this page the form has another name.
        catch (ValidationException e) { throw new ValidationException(e.Errors.Select(f => new ValidationFailure(f.PropertyName.Replace("Input.", "Colleague.", StringComparison.Ordinal), f.ErrorMessage))); }
        return Redirect(Places.Invitation(Token));
    }

    public async Task<IActionResult> OnPostNever(CancellationToken ct)
    {
        await mediator.Send(new AnswerInvitation.Never(Token), ct);
        return Redirect(Places.Invitation(Token));
    }

    public async Task Load(CancellationToken ct) => It = await mediator.Send(new AnswerInvitation.Query(Token), ct);
}
