using Discovery.Identity.Communities;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>A person joins a community, or leaves it.</summary>
[Authorize]
internal sealed class JoinModel(IMediator mediator) : PageModel, IShownAgain
{
    [FromRoute] public Guid Id { get; set; }
    [BindProperty] public JoinByCode.Form Input { get; set; } = new();

    public GetMembership.Answer Membership { get; private set; } = null!;

    /// <summary>What was done before the redirect: joined, left.</summary>
    public string? Done { get; private set; }

    public Task OnGet(string? done, CancellationToken ct)
    {
        Done = done is "joined" or "left" ? done : null;
        return Load(ct);
    }

    public async Task<IActionResult> OnPostList(CancellationToken ct)
    {
        await mediator.Send(new JoinByList.Command(Id), ct);
        return Back("joined");
    }

    public async Task<IActionResult> OnPostCode(CancellationToken ct)
    {
        await mediator.Send(new JoinByCode.Command(Id, Input), ct);
        return Back("joined");
    }

    public async Task<IActionResult> OnPostAsk(CancellationToken ct)
    {
        await mediator.Send(new AskToJoin.Command(Id), ct);
        return Redirect(Places.Join(Id));
    }

    public async Task<IActionResult> OnPostTakeBack(CancellationToken ct)
    {
        await mediator.Send(new AskToJoin.TakeBack(Id), ct);
        return Redirect(Places.Join(Id));
    }

    public async Task<IActionResult> OnPostLeave(CancellationToken ct)
    {
        await mediator.Send(new LeaveCommunity.Command(Id), ct);
        return Back("left");
    }

    public async Task Load(CancellationToken ct) => Membership = await mediator.Send(new GetMembership.Query(Id), ct);

    RedirectResult Back(string done) => Redirect($"{Places.Join(Id)}?done={done}");
}
