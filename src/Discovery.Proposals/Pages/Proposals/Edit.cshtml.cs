using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Versions;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>The authors change the words of what is published.</summary>
[Authorize]
internal sealed class EditModel(IMediator mediator, ProposalsDb db, CurrentUser user, Words<Texts> text) : PageModel, IProposalForm, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [FromRoute(Name = "number")]
    public int Number { get; set; }

    /// <summary>The five texts are on the page; the rest stays as it is.</summary>
    [BindProperty]
    public EditProposal.Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;

    /// <summary>What somebody else has written while this was being changed.</summary>
    public ThreeWay? Meanwhile { get; private set; }

    Content IProposalForm.Input => Input;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        var proposal = await mediator.Send(new GetProposal.Query(Slug, Number, user), ct);
        if (!proposal.MayEdit) return Redirect(Places.Proposal(Slug, Number));
        Input = new(proposal.Content) { BaseVersion = proposal.Revision };
        await Load(ct);
        return Page();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var was = await VersionAsync(Input.BaseVersion, ct);
        Input = new(was with { Title = Input.Title, Summary = Input.Summary, Today = Input.Today, Market = Input.Market, Strengths = Input.Strengths }) { BaseVersion = Input.BaseVersion };
        try
        {
            await mediator.Send(new EditProposal.Command(Slug, Number, user, Input), ct);
            return Redirect(Places.Proposal(Slug, Number));
        }
        catch (RuleBroken rule) when (rule.Code == "proposals.edited-meanwhile")
        {
            // What was typed stays in the form, and the next try is about the text as it stands now.
            var proposal = await mediator.Send(new GetProposal.Query(Slug, Number, user), ct);
            Meanwhile = ThreeWay.Of(was, proposal.Content, Input.Cleaned(), text, await db.GetRound(Slug, ct));
            ModelState.Remove("Input.BaseVersion");
            Input = Input with { BaseVersion = proposal.Revision };
            throw;
        }
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        ProposalForm.Prepare(Input, ModelState);
    }

    async Task<Content> VersionAsync(int? number, CancellationToken ct)
    {
        var versions = (await mediator.Send(new GetVersions.Query(Slug, Number, user), ct)).Versions;
        return (versions.FirstOrDefault(v => v.Number == number) ?? versions[^1]).Content;
    }
}
