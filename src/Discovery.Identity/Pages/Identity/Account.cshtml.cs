using Discovery.Contracts.Rounds;
using Discovery.Identity.Accounts;
using Discovery.Identity.Organisations;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class AccountModel(IMediator mediator) : PageModel
{
    public GetAccount.Account Me { get; private set; } = null!;
    public IReadOnlyList<Region> Regions { get; private set; } = [];
    public bool PasswordChanged { get; private set; }

    public async Task OnGet(bool? changed, CancellationToken ct)
    {
        Me = await mediator.Send(new GetAccount.Query(), ct);
        Regions = await mediator.Send(new ListRegions.Query(), ct);
        PasswordChanged = changed == true;
    }
}
