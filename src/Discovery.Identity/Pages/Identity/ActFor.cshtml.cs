using Discovery.Identity.Accounts;
using Discovery.Platform.Web;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Identity;

[Authorize]
internal sealed class ActForModel(IMediator mediator, Words<Texts> text) : PageModel, IShownAgain
{
    const string Nobody = "none";

    /// <summary>An organisation's id, or <c>none</c>.</summary>
    [BindProperty] public string? Choice { get; set; }

    /// <summary>Only addresses of this installation are followed.</summary>
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public ActFor.Choices Choices { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Items { get; private set; } = [];
    public string Onwards => Url.IsLocalUrl(ReturnUrl) ? ReturnUrl! : Places.Account;

    public async Task OnGet(CancellationToken ct)
    {
        await Load(ct);
        Choice = Choices.Chosen?.ToString() ?? (Choices.IsOpen ? null : Nobody);
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        var organisation = Guid.TryParse(Choice, out var id) ? id : (Guid?)null;
        if (organisation is null && Choice != Nobody)
        {
            ModelState.AddModelError(nameof(Choice), text["identity.act.missing"]);
            await Load(ct);
            Response.StatusCode = 422;
            return Page();
        }
        var session = await mediator.Send(new ActFor.Command(Sessions.Cookie, new() { Organisation = organisation }), ct);
        await HttpContext.SignInAsync(Sessions.Cookie, session.Principal, session.Properties);
        return Redirect(Onwards);
    }

    public async Task Load(CancellationToken ct)
    {
        Choices = await mediator.Send(new ActFor.Query(), ct);
        Items = [.. Choices.Organisations.Select(o => new SelectListItem(o.Name.Here(), o.Organisation.ToString()) { Group = new() { Name = text["kind." + o.Kind] } }),
            new(text["identity.act.self"], Nobody) { Group = new() { Name = text["identity.act.self.note"] } }];
    }
}
