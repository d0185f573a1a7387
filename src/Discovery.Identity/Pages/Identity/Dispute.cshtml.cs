using Discovery.Identity.Organisations;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>An official says who acts for an organisation that several people claim.</summary>
[Authorize]
internal sealed class DisputeModel(IMediator mediator, CurrentUser user) : PageModel, IShownAgain
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public ResolveDispute.Form Input { get; set; } = new();

    public GetClaim.Argument It { get; private set; } = null!;

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await mediator.Send(new ResolveDispute.Command(Id, Input), ct);
        return Redirect(Places.Organisation(Id));
    }

    public async Task Load(CancellationToken ct)
    {
        user.MustKeepBooks();
        It = await mediator.Send(new GetClaim.DisputeQuery(Id), ct);
    }
}
