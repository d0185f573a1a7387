using Discovery.Contracts.Rounds;
using Discovery.Identity.Organisations;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Identity;

/// <summary>For officials, who keep the books, and for the organisation's own people; what each may do here the slices decide.</summary>
[Authorize]
internal sealed class OrganisationModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }
    [BindProperty(SupportsGet = true)] public bool? Invited { get; set; }

    /// <summary>Of officials; a head's invitation has its address and role here too.</summary>
    [BindProperty] public VerifyMandate.Form Input { get; set; } = new();

    [BindProperty] public DecideClaim.Form Decision { get; set; } = new();

    public GetOrganisation.Details Organisation { get; private set; } = null!;
    public Cell? Municipality { get; private set; }
    public List<SelectListItem> Roles => Choices.Roles(text);
    public bool KeepsBooks => user.KeepsBooks();
    public Guid Me => user.Id;

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

    public async Task<IActionResult> OnPostInvite(CancellationToken ct)
    {
        await mediator.Send(new InviteColleague.Command(Id, new() { Email = Input.Email, Role = Input.Role }), ct);
        return Redirect(Places.Organisation(Id) + "?invited=true");
    }

    public async Task<IActionResult> OnPostDecide(Guid claim, CancellationToken ct)
    {
        await mediator.Send(new DecideClaim.Command(claim, Decision), ct);
        return Back();
    }

    public async Task<IActionResult> OnPostRevoke(Guid mandate, CancellationToken ct)
    {
        var revoked = await mediator.Send(new RevokeMandate.Command(mandate), ct);
        return revoked.WasOwn ? Redirect(Places.Organisations) : Back();
    }

    public async Task<IActionResult> OnPostRevokeInvitation(Guid invitation, CancellationToken ct)
    {
        await mediator.Send(new RevokeInvitation.Command(invitation), ct);
        return Back();
    }

    public async Task<IActionResult> OnPostOwner(string? owner, CancellationToken ct)
    {
        await mediator.Send(new SetOwner.Command(Id, new() { Owner = owner }), ct);
        return Back();
    }

    public Task<IActionResult> OnPostLiquidate(string? reason, CancellationToken ct) => End(true, reason, ct);

    public Task<IActionResult> OnPostRestore(string? reason, CancellationToken ct) => End(false, reason, ct);

    public async Task Load(CancellationToken ct)
    {
        Organisation = await mediator.Send(new GetOrganisation.Query(Id), ct);
        Municipality = (await mediator.Send(new ListRegions.Query(), ct)).SelectMany(r => r.Cells).FirstOrDefault(c => c.Key == Organisation.Municipality);
    }

    async Task<IActionResult> End(bool isOver, string? reason, CancellationToken ct)
    {
        await mediator.Send(new LiquidateOrganisation.Command(Id, isOver, new() { Reason = reason }), ct);
        return Back();
    }

    RedirectResult Back() => Redirect(Places.Organisation(Id));
}
