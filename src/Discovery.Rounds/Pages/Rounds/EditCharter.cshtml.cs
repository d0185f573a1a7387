using Discovery.Platform;
using Discovery.Rounds.Charters;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Rounds;

/// <summary>One part of a draft. What the page does not ask stays as the draft has it.</summary>
[Authorize]
internal sealed class EditCharterModel(IMediator mediator) : PageModel, IShownAgain, ICharterForm
{
    [BindProperty(SupportsGet = true)] public string Round { get; set; } = "";
    [BindProperty(SupportsGet = true)] public string Part { get; set; } = "";

    /// <summary>Of the draft as this page has shown it.</summary>
    [BindProperty] public int Version { get; set; }

    public Sheet Input { get; private set; } = null!;

    DraftRound.Form plan = null!;
    int read;

    public async Task OnGet(CancellationToken ct)
    {
        await Load(ct);
        Version = read;
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        if (!await TakeAsync(ct)) return Page();
        var form = CharterForm.Keep(Input.ToForm(plan.Region), plan) with { Origin = plan.Origin };
        var drafted = await mediator.Send(new DraftRound.Command(form, Round, Version), ct);
        return Redirect(Places.Ready(drafted.Slug));
    }

    public Task<IActionResult> OnPostAddGroup(CancellationToken ct) => Again(Input => Input.AddGroup(), ct);

    public Task<IActionResult> OnPostRemoveGroup(int at, CancellationToken ct) => Again(Input => Input.RemoveGroup(at), ct);

    public async Task Load(CancellationToken ct)
    {
        if (!CharterForm.Parts.Contains(Part)) throw new RuleBroken("rounds.form.unknown") { Status = 404 };
        var ready = await mediator.Send(new GetReadiness.Query(Round), ct);
        (plan, read) = (ready.Plan, ready.Version);
        Input ??= Sheet.Of(plan);
        CharterForm.Prepare(Input);
    }

    // The draft, and over it what was typed.
    async Task<bool> TakeAsync(CancellationToken ct)
    {
        await Load(ct);
        if (Part == CharterForm.Groups) Input.Groups = [];
        // A box that is not ticked is not sent.
        if (Part == CharterForm.Count) (Input.Ties, Input.Exposure) = (false, false);
        var read = await TryUpdateModelAsync(Input, nameof(Input));
        CharterForm.Prepare(Input);
        if (!read) Response.StatusCode = 422;
        return read;
    }

    // What was typed is in the sheet; what ModelState remembers would stand at the wrong group.
    async Task<IActionResult> Again(Action<Sheet> change, CancellationToken ct)
    {
        if (!await TakeAsync(ct)) return Page();
        change(Input);
        ModelState.Clear();
        CharterForm.Prepare(Input);
        return Page();
    }
}
