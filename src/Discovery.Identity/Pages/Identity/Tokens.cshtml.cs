using Discovery.Contracts.Rounds;
using Discovery.Identity.Accounts;
using Discovery.Identity.Organisations;
using Discovery.Platform.Web;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Identity;

/// <summary>Tokens of programs: who may make one, makes it here, sees it once and ends it.</summary>
[Authorize]
internal sealed class TokensModel(IMediator mediator, Words<Texts> text, TimeProvider clock) : PageModel, IShownAgain
{
    const string Operator = "operator";

    public sealed class Form
    {
        public string? Name { get; set; }

        /// <summary>An organisation's id, or <c>operator</c>.</summary>
        public string? Owner { get; set; }

        public string? Region { get; set; }

        /// <summary>Without the region, which is one for all of them here.</summary>
        public List<string> Scopes { get; set; } = [];

        public DateOnly? ExpiresOn { get; set; }
    }

    [BindProperty] public Form Input { get; set; } = new();

    public ListTokens.Answer Tokens { get; private set; } = null!;

    /// <summary>Made just now: it is on this one answer and nowhere else.</summary>
    public MakeToken.Made? Made { get; private set; }

    public bool Revoked { get; private set; }
    public IReadOnlyList<Region> Regions { get; private set; } = [];
    public DateTimeOffset Now => clock.GetUtcNow();
    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public IEnumerable<SelectListItem> Owners =>
        [.. Tokens.Organisations.Select(o => new SelectListItem(o.Name.Here(), o.Id.ToString())), .. Tokens.IsAdministrator ? new[] { new SelectListItem(text["identity.token.operator"], Operator) } : []];

    public IEnumerable<SelectListItem> Where => [new(text["identity.region.all"], Scopes.EveryRegion), .. Regions.Select(r => new SelectListItem(r.Name.Here(), r.Slug))];

    public IEnumerable<SelectListItem> Accesses => Scopes.All.Select(s => new SelectListItem(text["scope." + s], s) { Group = new() { Name = s } });

    /// <summary>What a token opens, in words: «Весь край: читать предложения».</summary>
    public string InWords(string scope)
    {
        var (region, access) = (scope.Split('/')[0], scope.Split('/')[^1]);
        var name = region == Scopes.EveryRegion ? text["identity.region.all"] : Regions.FirstOrDefault(r => r.Slug == region)?.Name.Here() ?? region;
        return $"{text.Find("scope." + access) ?? access} ({name})";
    }

    public async Task OnGet(bool? revoked, CancellationToken ct)
    {
        Revoked = revoked == true;
        Input.ExpiresOn = Today.AddMonths(3);
        await Load(ct);
    }

    public async Task OnPost(CancellationToken ct)
    {
        Made = await mediator.Send(new MakeToken.Command(new()
        {
            Name = Input.Name, Organisation = Input.Owner == Operator ? null : Guid.TryParse(Input.Owner, out var id) ? id : Guid.Empty,
            Scopes = Input.Scopes.ConvertAll(s => $"{Input.Region}/{s}"), ExpiresOn = Input.ExpiresOn,
        }), ct);
        Response.Headers.CacheControl = "no-store";
        await Load(ct);
    }

    public async Task<IActionResult> OnPostRevoke(Guid token, CancellationToken ct)
    {
        await mediator.Send(new RevokeToken.Command(token), ct);
        return Redirect(Places.Tokens + "?revoked=true");
    }

    public async Task Load(CancellationToken ct)
    {
        Tokens = await mediator.Send(new ListTokens.Query(), ct);
        Regions = await mediator.Send(new ListRegions.Query(), ct);
    }
}
