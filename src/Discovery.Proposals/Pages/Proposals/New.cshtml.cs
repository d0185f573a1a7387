using System.Globalization;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Proposals.Activities;
using Discovery.Proposals.Attachments;
using Discovery.Proposals.Data;
using Discovery.Proposals.Drafts;
using Discovery.Proposals.Participants;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Similar;
using Discovery.Proposals.Versions;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Pages.Proposals;

/// <summary>A proposal is written in steps, each of which is kept as a draft: by the button, by the script, and before anything can go wrong.</summary>
internal sealed class NewModel(IMediator mediator, ProposalsDb db, CurrentUser user, Words<Texts> text, When when, TimeProvider clock) : PageModel, IShownAgain
{
    [FromRoute(Name = "round")]
    public string Slug { get; set; } = "";

    [BindProperty]
    public SubmitProposal.Form Input { get; set; } = new();

    public RoundCopy Round { get; private set; } = null!;

    /// <summary>One of <see cref="Steps.All"/>.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Step { get; set; }

    /// <summary>The draft that is worked on, and its version as this page has shown it.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Draft { get; set; }

    [BindProperty]
    public int? Version { get; set; }

    /// <summary>Files for the evidence of the same place in the list: <c>Files[0]</c>. No binder of the framework makes a dictionary of files, so they are read by name.</summary>
    public Dictionary<int, IFormFile?> Files { get; } = [];

    /// <summary>Organisations that the person may act for.</summary>
    public IReadOnlyList<OrganisationCard> Own { get; private set; } = [];

    /// <summary>Who has said for whom to act must not unsay it here by an empty line.</summary>
    public IEnumerable<SelectListItem> Choices =>
        [.. Own.Any(o => o.Id == user.ActsFor) ? [] : new[] { new SelectListItem(text["form.choose"], "") }, .. Own.Select(o => new SelectListItem(o.Name.Here(), o.Id.ToString()))];

    /// <summary>Why this person cannot propose now: collecting, anonymous, official, mandate, paused; null when nothing is in the way.</summary>
    public string? Obstacle { get; private set; }

    public DateTimeOffset? SavedAt { get; private set; }

    /// <summary>Number of the proposal that is corrected, and why it came back.</summary>
    public int? Corrects { get; private set; }
    public string? ReturnReason { get; private set; }

    /// <summary>The proposal that is corrected carries the mark that its author may answer.</summary>
    public bool IsRescue { get; private set; }

    // Null: what is corrected is not published.
    int? baseVersion;

    public IReadOnlyList<GetDraft.File> Kept { get; private set; } = [];

    /// <summary>The text could not be sent and was kept.</summary>
    public bool IsKept { get; private set; }

    /// <summary>There is something to write on: what cannot be sent now may still be kept.</summary>
    public bool MayWrite => Obstacle is null || (Draft is not null && Obstacle is "late" or "early" or "mandate" or "paused");

    /// <summary>What others have published and says nearly the same.</summary>
    public IReadOnlyList<FindSimilar.Similar> Similar { get; private set; } = [];

    /// <summary>What still stands in the way of sending, in the order of steps.</summary>
    public IReadOnlyList<(string Step, string Message)> Open { get; private set; } = [];

    /// <summary>Words or numbers by which an activity code is looked for.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    /// <summary>The chosen codes, and those that were looked for.</summary>
    public IEnumerable<SelectListItem> Activities =>
        Input.Details.Activities.Select(code => (Code: code, Name: ActivityCodes.Name(code) ?? ""))
            .Concat(string.IsNullOrWhiteSpace(Code) ? [] : ActivityCodes.Find(Code, text["proposals.activity.list"], 10).Select(a => (a.Code, a.Name)))
            .DistinctBy(a => a.Code).Select(a => new SelectListItem($"{a.Code.Split(':')[^1]} {a.Name}", a.Code));

    public string At => Steps.All.Contains(Step) ? Step! : Steps.What;

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        if (Draft is null && At != Steps.What) return Redirect(Places.Propose(Slug));
        if (Draft is { } draft) Take(await mediator.Send(new GetDraft.Query(Slug, user, draft), ct), keepInput: false);
        await Load(ct);
        if (Input.Organisation is null && Own.Any(o => o.Id == user.ActsFor)) Input = Input with { Organisation = user.ActsFor };
        return Page();
    }

    /// <summary>On to the next step, when this one is as it must be. What was typed is kept before anything is said about it.</summary>
    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await KeepAsync(withFiles: true, ct);
        var wrong = (await ProblemsAsync(ct)).Where(p => Steps.Of(p.PropertyName) == At).ToList();
        return wrong.Count > 0 ? throw new ValidationException(wrong) : Redirect(To(Steps.Next(At)));
    }

    /// <summary>The button, or the script that saves from time to time and takes the answer as JSON.</summary>
    public async Task<IActionResult> OnPostSave(CancellationToken ct)
    {
        var byScript = Request.Headers.Accept == "application/json";
        var saved = await KeepAsync(withFiles: !byScript, ct);
        if (byScript) return new JsonResult(new { saved.Id, saved.Version, said = text["proposals.draft.saved", when.Moment(saved.SavedAt, await db.GetRound(Slug, ct))] });
        return Redirect(To(At));
    }

    public async Task<IActionResult> OnPostSend(CancellationToken ct)
    {
        Step = Steps.Check;
        await KeepAsync(withFiles: false, ct);
        if ((await ProblemsAsync(ct)).FirstOrDefault() is { } first)
            throw new ValidationException([new(Steps.Of(first.PropertyName) == Steps.Check ? first.PropertyName : "", first.ErrorMessage)]);
        if (Corrects is null && PlainText.Longest(Input.Details.Apart) < 5 && await IsToBeExplainedAsync(ct)) throw new ValidationException([new("Input.Details.Apart", "proposals.apart.missing")]);
        try
        {
            if (Corrects is { } number)
            {
                if (baseVersion is not null) await mediator.Send(new EditProposal.Command(Slug, number, user, new(Input) { BaseVersion = baseVersion }, Draft), ct);
                else await mediator.Send(new ReviseProposal.Command(Slug, number, user, Input, Draft), ct);
                return Redirect(Places.Proposal(Slug, number));
            }
            return Redirect(Places.Proposal(Slug, (await mediator.Send(new SubmitProposal.Command(Slug, user, Input, Draft), ct)).Number));
        }
        catch (RuleBroken rule) when (user.IsSignedIn && !user.IsOfAuthority && rule.Code is "proposals.not-collecting" or "round.paused" or "proposals.no-mandate" or "proposals.list.is-frozen")
        {
            // The phase may end while somebody writes: nothing typed is lost.
            IsKept = true;
            throw;
        }
    }

    /// <summary>What was typed is kept, and the codes found are shown to be ticked.</summary>
    public async Task<IActionResult> OnPostFind(CancellationToken ct)
    {
        Step = Steps.Evidence;
        await KeepAsync(withFiles: true, ct);
        return Redirect($"{To(Steps.Evidence)}&code={Uri.EscapeDataString(Code ?? "")}#codes");
    }

    public async Task<IActionResult> OnPostDiscard(CancellationToken ct)
    {
        if (Draft is { } draft) await mediator.Send(new SaveDraft.Discard(Slug, user, draft), ct);
        return Redirect(Places.Proposals(Slug));
    }

    public async Task Load(CancellationToken ct)
    {
        Round = await db.GetRound(Slug, ct);
        var own = await db.ActsForAsync(user, clock.GetUtcNow(), ct);
        Own = (await db.Organisations.AsNoTracking().Where(o => own.Contains(o.Id)).ToListAsync(ct)).ConvertAll(OrganisationCard.Of);
        Obstacle = user.IsOfAuthority ? "official"
            : Corrects is null && !Round.IsIn(PhaseKinds.Proposals) ? Round.HasStarted(PhaseKinds.Proposals) || Round.IsClosed ? "late" : "early"
            : !user.IsSignedIn ? "anonymous"
            : Own.Count == 0 ? "mandate"
            : Round.IsPaused ? "paused" : null;
        if (Corrects is { } number)
        {
            var corrected = await mediator.Send(new GetProposal.Query(Slug, number, user), ct);
            (ReturnReason, IsRescue) = (corrected.ReturnReason, corrected.Growth.IsRescue);
        }
        ProposalForm.Prepare(Input, ModelState);
        if (Draft is null || !MayWrite) return;
        if (At is Steps.What or Steps.Why or Steps.Check) Similar = await mediator.Send(new FindSimilar.Query(Slug, Input, Corrects), ct);
        if (At == Steps.Check) Open = [.. (await ProblemsAsync(ct)).Select(p => (Steps.Of(p.PropertyName), text[p.ErrorMessage])).DistinctBy(p => p.Item2).OrderBy(p => Steps.All.ToList().IndexOf(p.Item1))];
    }

    public string To(string step) => $"{Places.Propose(Slug)}?draft={Draft}&step={step}";

    async Task<bool> IsToBeExplainedAsync(CancellationToken ct) => (await mediator.Send(new FindSimilar.Query(Slug, Input), ct)).Count > 0;

    // What is wrong with the form as a whole. For whom it is sent stands with the sending.
    async Task<List<FluentValidation.Results.ValidationFailure>> ProblemsAsync(CancellationToken ct) =>
        (await new SubmitProposal.Validator(clock).ValidateAsync(new SubmitProposal.Command(Slug, user, Input), ct)).Errors;

    void Take(GetDraft.View view, bool keepInput)
    {
        Input = keepInput ? Steps.Merge(At, view.Form, Input) : view.Form;
        (Version, SavedAt, Corrects, Kept, baseVersion) = (keepInput ? Version : view.Version, view.SavedAt, view.Proposal, view.Files, view.BaseVersion);
    }

    async Task<SaveDraft.Saved> KeepAsync(bool withFiles, CancellationToken ct)
    {
        if (Draft is { } draft) Take(await mediator.Send(new GetDraft.Query(Slug, user, draft), ct), keepInput: true);
        // An entry gets its id when it is first kept, and a file needs one.
        Input = Input with { Details = Input.Details with { Evidence = [.. (Input.Details.Evidence ?? []).Select(e => e.Id == Guid.Empty ? e with { Id = Guid.CreateVersion7() } : e)] } };
        var saved = Remember(await mediator.Send(new SaveDraft.Command(Slug, user, Input, Draft, Version), ct));
        // A browser sends a file without a name for every empty field of the kind.
        foreach (var file in withFiles ? Request.Form.Files.Where(f => f.FileName.Length > 0) : [])
            if (file.Name.StartsWith("Files[", StringComparison.Ordinal) && int.TryParse(file.Name.AsSpan()[6..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var place)) Files[place] = file;
        if (Files.Count > 0)
        {
            var (evidence, wrong) = (Input.Details.Evidence, new List<FluentValidation.Results.ValidationFailure>());
            foreach (var (at, file) in Files.Where(f => f.Key < evidence.Count))
            {
                await using var content = file!.OpenReadStream();
                try { evidence[at] = evidence[at] with { File = (await mediator.Send(new UploadAttachment.Command(Slug, user, saved.Id, file.FileName, content), ct)).Id }; }
                catch (RuleBroken rule) when (rule.Status is 413 or 422) { wrong.Add(new($"Files[{at}]", rule.Code)); }
            }
            // The good ones are kept, whatever is wrong with another.
            saved = Remember(await mediator.Send(new SaveDraft.Command(Slug, user, Input, saved.Id, saved.Version), ct));
            if (wrong.Count > 0) throw new ValidationException(wrong);
        }
        return saved;
    }

    // Also a page that is shown again with an error goes on from what was saved.
    SaveDraft.Saved Remember(SaveDraft.Saved saved)
    {
        (Draft, Version, SavedAt) = (saved.Id, saved.Version, saved.SavedAt);
        // The form shows what ModelState remembers, and it remembers that there was no draft.
        ModelState.Remove(nameof(Draft));
        ModelState.Remove(nameof(Version));
        return saved;
    }
}
