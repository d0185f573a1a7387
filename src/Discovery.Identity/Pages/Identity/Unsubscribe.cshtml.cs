using Discovery.Identity.Organisations;
using Discovery.Identity.Subscriptions;
using Discovery.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>
/// The link that stands in every letter of a subscription. Mail programs send the form themselves, without cookies and token, and follow no redirect (RFC 8058):
/// the secret in the address is all there is to show.
/// </summary>
[FromAnySite, IgnoreAntiforgeryToken]
internal sealed class UnsubscribeModel(IMediator mediator) : PageModel
{
    [BindProperty(SupportsGet = true)] public string Token { get; set; } = "";

    /// <summary>Null: it has ended, or never was.</summary>
    public Unsubscribe.Row? It { get; private set; }

    public bool IsDone { get; private set; }

    // Its name would make it a handler for a method PAGE.
    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => AnswerInvitation.Seal(Response);

    public async Task OnGet(CancellationToken ct) => It = await mediator.Send(new Unsubscribe.Query(Token), ct);

    public async Task OnPost(CancellationToken ct)
    {
        It = await mediator.Send(new Unsubscribe.Query(Token), ct);
        await mediator.Send(new Unsubscribe.Command(Token), ct);
        IsDone = true;
    }
}
