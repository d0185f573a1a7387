using Discovery.Contracts.Rounds;
using Discovery.Identity.Accounts;
using Discovery.Identity.Organisations;
using Discovery.Platform;
using Discovery.Site;
using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Identity;

/// <summary>A participant asks to act for an organisation, proves it, and sees what came of it.</summary>
[Authorize]
internal sealed class ClaimMandateModel(IMediator mediator, Doorkeeper door, Words<Texts> text) : PageModel, IShownAgain
{
    [BindProperty(SupportsGet = true)] public Guid Id { get; set; }

    /// <summary>The organisation was there already when this person wanted to register it.</summary>
    [BindProperty(SupportsGet = true)] public bool? Known { get; set; }

    /// <summary>Id of the code that was mailed. It opens nothing without the code, and nothing for anybody else.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Sent { get; set; }

    [BindProperty] public AskForMandate.Form Ask { get; set; } = new();
    [BindProperty] public ProveByDomain.Form Input { get; set; } = new();
    [BindProperty] public string? Code { get; set; }
    [BindProperty] public IFormFile? Paper { get; set; }

    public GetMyClaim.Standing It { get; private set; } = null!;
    public Cell? Municipality { get; private set; }
    public List<SelectListItem> Roles => Choices.Roles(text);
    public List<SelectListItem> Routes => [.. It.Routes.Select(r => new SelectListItem(text["identity.route." + r], r) { Group = new() { Name = text[$"identity.route.{r}.note", It.Domain ?? ""] } })];

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        try { await mediator.Send(new AskForMandate.Command(Id, Ask), ct); }
        // On this page the form has another name.
        catch (ValidationException e) { throw new ValidationException(e.Errors.Select(f => new ValidationFailure(f.PropertyName.Replace("Input.", "Ask.", StringComparison.Ordinal), f.ErrorMessage))); }
        return Back();
    }

    public async Task<IActionResult> OnPostSendCode(CancellationToken ct)
    {
        var sent = await mediator.Send(new ProveByDomain.Send(await ClaimAsync(ct), Input), ct);
        return Redirect($"{Places.ClaimMandate(Id)}?sent={sent.Code}");
    }

    public async Task<IActionResult> OnPostCode(CancellationToken ct) =>
        await AfterAsync(await mediator.Send(new ProveByDomain.Redeem(await ClaimAsync(ct), new() { Id = Sent ?? default, Code = Code }), ct), ct);

    public async Task<IActionResult> OnPostSendLetter(CancellationToken ct)
    {
        await mediator.Send(new ProveByLetter.Send(await ClaimAsync(ct)), ct);
        return Back();
    }

    public async Task<IActionResult> OnPostLetterCode(CancellationToken ct) => await AfterAsync(await mediator.Send(new ProveByLetter.Redeem(await ClaimAsync(ct), new() { Code = Code }), ct), ct);

    public async Task<IActionResult> OnPostUpload(CancellationToken ct)
    {
        if (Paper is null) throw new ValidationException([new(nameof(Paper), "identity.evidence.missing")]);
        await using var content = Paper.OpenReadStream();
        try { await mediator.Send(new UploadEvidence.Command(await ClaimAsync(ct), Paper.FileName, content), ct); }
        catch (RuleBroken e) when (e.Status is 413 or 422) { throw new ValidationException([new(nameof(Paper), e.Code)]); }
        return Back();
    }

    public async Task<IActionResult> OnPostWithdraw(CancellationToken ct)
    {
        await mediator.Send(new WithdrawClaim.Command(await ClaimAsync(ct)), ct);
        return Back();
    }

    public async Task Load(CancellationToken ct)
    {
        It = await mediator.Send(new GetMyClaim.Query(Id), ct);
        Municipality = (await mediator.Send(new ListRegions.Query(), ct)).SelectMany(r => r.Cells).FirstOrDefault(c => c.Key == It.Municipality);
    }

    async Task<Guid> ClaimAsync(CancellationToken ct) => (await mediator.Send(new GetMyClaim.Query(Id), ct)).Claim?.Id ?? throw new RuleBroken("identity.claim.unknown") { Status = 404 };

    async Task<RedirectResult> AfterAsync(bool isVerified, CancellationToken ct)
    {
        if (!isVerified) return Back();
        // So that the header says at once for whom one acts.
        await door.RenewAsync(ct: ct);
        return Redirect(Places.Organisation(Id));
    }

    RedirectResult Back() => Redirect(Places.ClaimMandate(Id));
}
