using System.Text.Json;
using Discovery.Identity.Secrets;
using Discovery.Identity.Subscriptions;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

internal sealed class SubscribeCodeModel(IMediator mediator, StateCookie state, MailFolder mail) : PageModel, IShownAgain
{
    [BindProperty] public Subscribe.Form Input { get; set; } = new();

    public Waiting? Waiting { get; private set; }
    public bool ShowsMail => mail.IsShown;

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await Load(ct);
        if (Waiting is null) throw new RuleBroken("identity.code.over");
        await mediator.Send(new Subscribe.Confirm(Waiting.Id, Input), ct);
        state.Take(SubscribeModel.Cookie);
        return Redirect(Places.Subscribed);
    }

    public Task Load(CancellationToken ct)
    {
        Waiting = state.Read(SubscribeModel.Cookie) is { } kept ? JsonSerializer.Deserialize<Waiting>(kept) : null;
        return Task.CompletedTask;
    }
}
