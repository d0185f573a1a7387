using Discovery.Identity.Accounts;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>Links in letters carry no secret, so a scanner that opens them uses nothing up: the code is typed, in the browser that asked for it.</summary>
internal sealed class SignInCodeModel(IMediator mediator, Doorkeeper door, StateCookie state, MailFolder mail) : PageModel
{
    [BindProperty] public EnterCode.Form Input { get; set; } = new();

    public Waiting? Waiting { get; private set; }
    public bool ShowsMail => mail.IsShown;
    public string Query => Onwards.Query(this, Waiting?.ReturnUrl);

    public void OnGet() => Waiting = Waiting.Read(state);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if ((Waiting = Waiting.Read(state)) is not { } waiting) throw new RuleBroken("identity.code.over");
        var person = await mediator.Send(new EnterCode.Command(waiting.Id, new() { Code = Input.Code, SigningUp = waiting.SigningUp }), ct);
        Waiting.Forget(state);
        return Onwards.After(this, await door.OpenAsync(person, "code", second: await door.HasShownSecondAsync(person, ct), ct: ct), waiting.ReturnUrl);
    }
}
