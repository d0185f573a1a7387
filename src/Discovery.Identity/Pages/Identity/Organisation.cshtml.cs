using Discovery.Contracts.Rounds;
using Discovery.Identity.Organisations;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class OrganisationModel(IMediator mediator) : PageModel, IShownAgain
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty] public VerifyMandate.Form Input { get; set; } = new();

    public GetOrganisation.Details Organisation { get; private set; } = null!;
    public Cell? Municipality { get; private set; }

    /// <summary>What was verified just now, with the password of a new account: it is on this one answer and nowhere else.</summary>
    public VerifyMandate.Verified? Verified { get; private set; }

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task OnPost(CancellationToken ct)
    {
        Verified = await mediator.Send(new VerifyMandate.Command(Id, Input), ct);
        ModelState.Clear();
        Input = new();
        await Load(ct);
    }

    public async Task<IActionResult> OnPostRevoke(Guid mandate, CancellationToken ct)
    {
        await mediator.Send(new RevokeMandate.Command(mandate), ct);
        return Redirect($"{Places.Organisations}/{Id}");
    }

    public async Task Load(CancellationToken ct)
    {
        Organisation = await mediator.Send(new GetOrganisation.Query(Id), ct);
        Municipality = (await mediator.Send(new ListRegions.Query(), ct)).SelectMany(r => r.Cells).FirstOrDefault(c => c.Key == Organisation.Municipality);
    }
}
