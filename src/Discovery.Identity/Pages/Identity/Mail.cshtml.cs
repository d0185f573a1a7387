using Discovery.Identity.Secrets;
using Discovery.Platform;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

internal sealed class MailModel(MailFolder mail) : PageModel
{
    public IReadOnlyList<MailFolder.Row> Letters { get; private set; } = [];

    public async Task OnGet(CancellationToken ct)
    {
        if (!mail.IsShown) throw new RuleBroken("error.unknown") { Status = 404 };
        Letters = await mail.ReadAsync(ct);
    }
}
