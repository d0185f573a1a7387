using Discovery.Contracts.Moderation;
using Discovery.Moderation.Cases;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Moderation.Pages.Moderation;

/// <summary>The queue, the case that is read, and the decision on it.</summary>
[Authorize]
internal sealed class QueueModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    /// <summary>The case that is read; without it the one that is due first.</summary>
    [FromQuery(Name = "case")]
    public string? Id { get; set; }

    [FromQuery(Name = "done")]
    public string? Done { get; set; }

    [FromQuery]
    public string? Why { get; set; }

    [FromQuery]
    public string? Whose { get; set; }

    [FromQuery]
    public string? Late { get; set; }

    [BindProperty]
    public DecideCase.Form Input { get; set; } = new();

    [BindProperty]
    public AssignCase.Form Assign { get; set; } = new();

    public ListCases.View Queue { get; private set; } = null!;
    public GetCase.View? Current { get; private set; }
    public bool IsFiltered => Queue.Cases.Count != Queue.Total || !string.IsNullOrEmpty(Why) || !string.IsNullOrEmpty(Whose) || !string.IsNullOrEmpty(Late);

    public IEnumerable<SelectListItem> Reasons => ReasonCodes.All.Where(r => r != ReasonCodes.InOrder).Select(r => new SelectListItem(text["moderation.reason." + r], r)).Prepend(new(text["form.choose"], ""));

    public IEnumerable<SelectListItem> Choices => (Current!.IsAppeal ? new[] { Decision.Grant, Decision.Refuse, DecideCase.Escalate } : [Decisions.Publish, Decisions.Return, Decisions.Hide, Decisions.SuggestMerge, DecideCase.Escalate])
        .Where(d => d != DecideCase.Escalate || !Current.IsEscalated)
        .Select(d => new SelectListItem(text["moderation.do." + d], d) { Group = new() { Name = text[$"moderation.do.{d}.small"] } });

    public IEnumerable<SelectListItem> Colleagues => Current!.Colleagues.Select(c => new SelectListItem(c.Name, c.Person.ToString(), c.Person == Current.AssignedTo)).Prepend(new(text["moderation.assign.nobody"], ""));

    public string Here(Guid id) => Places.ModerationCase(Slug, id) + Rest("&");

    /// <summary>The filter, for links that keep it.</summary>
    public string Rest(string sign)
    {
        var rest = string.Join('&', new[] { ("why", Why), ("whose", Whose), ("late", Late) }.Where(f => !string.IsNullOrEmpty(f.Item2)).Select(f => $"{f.Item1}={Uri.EscapeDataString(f.Item2!)}"));
        return rest.Length == 0 ? "" : sign + rest;
    }

    public Task OnGet(CancellationToken ct) => Load(ct);

    public async Task<IActionResult> OnPostDecide(CancellationToken ct)
    {
        await mediator.Send(new DecideCase.Command(Slug, Case, user, Input), ct);
        return Redirect($"{Places.Moderation(Slug)}?done={Case}{Rest("&")}");
    }

    public async Task<IActionResult> OnPostClaim(CancellationToken ct)
    {
        await mediator.Send(new ClaimCase.Command(Slug, Case, user), ct);
        return Redirect(Here(Case));
    }

    public async Task<IActionResult> OnPostRelease(CancellationToken ct)
    {
        await mediator.Send(new ClaimCase.Command(Slug, Case, user, true), ct);
        return Redirect(Here(Case));
    }

    public async Task<IActionResult> OnPostAssign(CancellationToken ct)
    {
        await mediator.Send(new AssignCase.Command(Slug, Case, user, Assign), ct);
        return Redirect(Here(Case));
    }

    public async Task Load(CancellationToken ct)
    {
        Queue = await mediator.Send(new ListCases.Query(Slug, user, new(Why, null, Whose, Late)), ct);
        var id = Case != Guid.Empty ? Case : Queue.Cases.Count > 0 ? Queue.Cases[0].Id : Guid.Empty;
        if (id != Guid.Empty) Current = await mediator.Send(new GetCase.Query(Slug, id, user, Input.Of), ct);
    }

    Guid Case => Guid.TryParse(Id, out var id) ? id : Guid.Empty;
}
