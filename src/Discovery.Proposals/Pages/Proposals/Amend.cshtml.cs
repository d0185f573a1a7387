using Discovery.Platform;
using Discovery.Proposals.Amendments;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Versions;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>Somebody suggests other words for a proposal of others.</summary>
[Authorize]
internal sealed class AmendModel(IMediator mediator, ProposalsDb db, CurrentUser user, Words<Texts> text, TimeProvider clock) : PageModel, IProposalForm, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "number")]
    public int Number { get; set; }

    [BindProperty]
    public SuggestAmendment.Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;
    public ListAmendments.View View { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Own { get; private set; } = [];

    /// <summary>What the authors have changed while this was written.</summary>
    public ThreeWay? Meanwhile { get; private set; }

    Content IProposalForm.Input => Input;

    public async Task OnGet(CancellationToken ct)
    {
        View = await mediator.Send(new ListAmendments.Query(Slug, Number, user), ct);
        Input = new(View.Content) { BaseVersion = View.Version };
        await Load(ct);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        try
        {
            await mediator.Send(new SuggestAmendment.Command(Slug, Number, user, Input), ct);
            return Redirect(Places.Amendments(Slug, Number));
        }
        catch (RuleBroken rule) when (rule.Code == "proposals.edited-meanwhile")
        {
            var versions = (await mediator.Send(new GetVersions.Query(Slug, Number, user), ct)).Versions;
            var was = (versions.FirstOrDefault(v => v.Number == Input.BaseVersion) ?? versions[0]).Content;
            var typed = Input.Cleaned();
            Meanwhile = ThreeWay.Of(was, versions[^1].Content, was with { Title = typed.Title, Summary = typed.Summary, Today = typed.Today, Market = typed.Market, Strengths = typed.Strengths }, text, await db.GetRound(Slug, ct));
            ModelState.Remove("Input.BaseVersion");
            Input = Input with { BaseVersion = versions[^1].Number };
            throw;
        }
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        View = await mediator.Send(new ListAmendments.Query(Slug, Number, user), ct);
        var own = await db.ActsForAsync(user, clock.GetUtcNow(), ct);
        Own = (await db.Organisations.AsNoTracking().Where(o => own.Contains(o.Id)).ToListAsync(ct)).ConvertAll(o => new SelectListItem(o.Name.Here(), o.Id.ToString(), o.Id == user.ActsFor));
        ProposalForm.Prepare(Input, ModelState);
    }
}
