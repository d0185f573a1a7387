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

    /// <summary>What was changed just now: password, address, profile.</summary>
    public string? Changed { get; private set; }

    public async Task OnGet(string? changed, CancellationToken ct)
    {
        Me = await mediator.Send(new GetAccount.Query(), ct);
        Regions = await mediator.Send(new ListRegions.Query(), ct);
        Changed = changed;
    }
}
