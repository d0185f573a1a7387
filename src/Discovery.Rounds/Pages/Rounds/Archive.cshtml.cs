using Discovery.Platform;
using Discovery.Rounds.Charters;
using MediatR;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Rounds;

internal sealed class ArchiveModel(IMediator mediator) : PageModel
{
    public IReadOnlyList<ListRounds.Row> Rounds { get; private set; } = [];
    public IReadOnlyList<ListRounds.Row> Drafts { get; private set; } = [];
    public bool MayDraft => new CurrentUser(User).IsAny(Roles.Official);

    public async Task OnGet(CancellationToken ct)
    {
        var all = await mediator.Send(new ListRounds.Query(), ct);
        Rounds = [.. all.Where(r => r.Status != "draft")];
        Drafts = [.. all.Where(r => r.Status == "draft")];
    }
}
