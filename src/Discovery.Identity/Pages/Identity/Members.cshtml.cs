using Discovery.Identity.Communities;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>The speaker's desk of a community.</summary>
[Authorize]
internal sealed class MembersModel(IMediator mediator) : PageModel, IShownAgain
{
    public sealed class Form
    {
        public string? Text { get; set; }
        public int? Count { get; set; } = 20;
        public List<Guid> People { get; set; } = [];
        public string? Reason { get; set; }
    }

    [FromRoute] public Guid Id { get; set; }
    [BindProperty] public Form Input { get; set; } = new();
    [BindProperty] public IFormFile? Upload { get; set; }

    /// <summary>The member whose removal is being written.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Remove { get; set; }

    [BindProperty(SupportsGet = true, Name = "p")] public int Leaf { get; set; } = 1;

    public GetMembers.Answer Members { get; private set; } = null!;

    /// <summary>Codes made just now: they are on this one answer and nowhere else.</summary>
    public MakeCodes.Made? Made { get; private set; }

    /// <summary>What was done before the redirect: listed, cleared, confirmed, declined, removed; with how many.</summary>
    public (string What, int Count)? Done { get; private set; }

    /// <summary>What members open to join.</summary>
    public string Door => $"{Request.Scheme}://{Request.Host}{Places.Join(Id)}";

    public int Pages => (Members.Total + GetMembers.PageSize - 1) / GetMembers.PageSize;

    public Task OnGet(string? done, int? n, CancellationToken ct)
    {
        if (done is "listed" or "cleared" or "confirmed" or "declined" or "removed") Done = (done, Math.Max(0, n ?? 0));
        return Load(ct);
    }

    public async Task<IActionResult> OnPostList(CancellationToken ct)
    {
        byte[] file;
        if (Upload is null) file = System.Text.Encoding.UTF8.GetBytes(Input.Text ?? "");
        else
        {
            await using var stream = Upload.OpenReadStream();
            file = await ListAddresses.ReadAsync(stream, ct);
        }
        return Back("listed", (await mediator.Send(new ListAddresses.Command(Id, file), ct)).Added);
    }

    public async Task<IActionResult> OnPostClear(CancellationToken ct)
    {
        await mediator.Send(new ListAddresses.Clear(Id), ct);
        return Back("cleared");
    }

    public async Task OnPostCodes(CancellationToken ct)
    {
        Made = await mediator.Send(new MakeCodes.Command(Id, new() { Count = Input.Count }), ct);
        await Load(ct);
    }

    public Task<IActionResult> OnPostConfirm(CancellationToken ct) => DecideAsync(confirm: true, ct);

    public Task<IActionResult> OnPostDecline(CancellationToken ct) => DecideAsync(confirm: false, ct);

    public async Task<IActionResult> OnPostRemove(CancellationToken ct)
    {
        await mediator.Send(new RemoveMember.Command(Id, Remove ?? Guid.Empty, new() { Reason = Input.Reason }), ct);
        return Back("removed", 1);
    }

    public async Task Load(CancellationToken ct) => Members = await mediator.Send(new GetMembers.Query(Id, Leaf), ct);

    async Task<IActionResult> DecideAsync(bool confirm, CancellationToken ct)
    {
        var decided = await mediator.Send(new DecideRequests.Command(Id, new() { People = Input.People, Confirm = confirm, Reason = Input.Reason }), ct);
        return Back(confirm ? "confirmed" : "declined", decided);
    }

    RedirectResult Back(string done, int count = 0) => Redirect(FormattableString.Invariant($"{Places.Members(Id)}?done={done}&n={count}"));
}
