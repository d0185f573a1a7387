using Discovery.Identity.Accounts;
using Discovery.Identity.Audit;
using Discovery.Identity.Organisations;
using Discovery.Identity.People;
using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

[Authorize]
internal sealed class AuditModel(IMediator mediator, CurrentUser user, Words<Texts> text) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "p")] public int? Number { get; set; }

    public ListAudit.Filter Filter { get; private set; } = new();
    public ListAudit.Found Found { get; private set; } = null!;
    public IReadOnlyList<RegionName> Regions { get; private set; } = [];
    public bool IsFiltered => Filter != new ListAudit.Filter();
    public int Pages => (Found.Total + ListAudit.PageSize - 1) / ListAudit.PageSize;

    /// <summary>The same filter as a file.</summary>
    public string FileAddress => "/api/identity/audit/export" + new QueryBuilder(Request.Query.Where(q => q.Key is not "p").SelectMany(q => q.Value.OfType<string>().Where(v => v.Length > 0).Select(v => KeyValuePair.Create(q.Key, v))));

    public async Task OnGet(string? kind, string? who, string? whom, string? organisation, string? region, DateOnly? from, DateOnly? to, CancellationToken ct)
    {
        Filter = new(Null(kind), Null(who), Null(whom), Null(organisation), Null(region), from, to);
        Found = await mediator.Send(new ListAudit.Query(Filter, Number ?? 1), ct);
        Regions = RegionName.Of(await mediator.Send(new ListRegions.Query(), ct), user.RegionsInSight(), text);
    }

    /// <summary>Codes in words, what somebody wrote as it was written.</summary>
    public string? Note(ListAudit.Row row) => row.Note is not { Length: > 0 } note ? null
        : CreateAccount.IsRole(note) ? RegionName.OfRole(note, Regions, text)
        : row.Kind == "import" && note.Split(" + ") is { Length: 4 } counts ? text["audit.import.note", counts]
        : row.Kind == "organisation.changed" ? string.Join(", ", note.Split(' ').Select(field => text.Find("audit.field." + field)).OfType<string>())
        : text.Find((row.Kind.Split('.')[0] switch { "claim" => "identity.route.", "community" => "audit.route.", _ => "identity.mandate-role." }) + note) ?? note;

    static string? Null(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
