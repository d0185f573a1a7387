using System.Globalization;
using Discovery.Identity.Accounts;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class MyDataModel(IMediator mediator) : PageModel
{
    /// <summary>Each keeps its own part and hands it out itself; nobody gathers them.</summary>
    public static IReadOnlyList<string> Services { get; } = ["identity", "proposals", "moderation", "voting", "rounds", "aggregation"];

    public IReadOnlyList<ListMyConsents.Row> Consents { get; private set; } = [];

    public async Task OnGet(CancellationToken ct) => Consents = await mediator.Send(new ListMyConsents.Query(), ct);

    /// <summary>A version is the day from which a text reads so.</summary>
    public string Day(string version) => DateOnly.TryParseExact(version, "yyyy-MM-dd", out var day) ? day.ToString("D", CultureInfo.CurrentCulture) : version;
}
