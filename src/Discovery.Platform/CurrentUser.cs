using System.Security.Claims;
using System.Text.Json;
using Discovery.Contracts;
using Discovery.Platform.Messaging;
using Discovery.Platform.Web;

namespace Discovery.Platform;

/// <summary>Who is asking, as the session says it. Roles are per region: <c>region:official</c>; <c>*:official</c> holds in every region.</summary>
public sealed class CurrentUser(ClaimsPrincipal claims)
{
    public bool IsSignedIn => claims.Identity?.IsAuthenticated == true;

    /// <summary>The account; <see cref="Guid.Empty"/> for the anonymous.</summary>
    public Guid Id => Guid.TryParse(claims.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : Guid.Empty;

    public string Name => claims.FindFirstValue(ClaimTypes.Name) ?? "";

    /// <summary>The session or API token; null for what a tool or a test sealed by itself.</summary>
    public Guid? Session => Guid.TryParse(claims.FindFirstValue(Sessions.SessionId), out var id) ? id : null;

    /// <summary>The organisation that a person with mandates has chosen to act for. What it is worth each service decides on its own copy of the mandates.</summary>
    public Guid? ActsFor => Guid.TryParse(claims.FindFirstValue(Sessions.ActsFor), out var id) ? id : null;

    /// <summary>What that organisation is called, for the header of every page.</summary>
    public Text? ActsForName => claims.FindFirstValue(Sessions.ActsForName) is { } name ? JsonSerializer.Deserialize<Text>(name, Wire.Json) : null;

    /// <summary>The person has chosen to act for no organisation.</summary>
    public bool ActsForNobody => claims.HasClaim(Sessions.ActsFor, Sessions.Nobody);

    /// <summary>There are organisations to choose from: several, or one that the person has put aside.</summary>
    public bool MayChoose => int.TryParse(claims.FindFirstValue(Sessions.Mandates), out var mandates) && (mandates > 1 || ActsForNobody);

    /// <summary>Whom the person means where several are possible and none is named: the chosen organisation, or, by choice, the own person.</summary>
    public Guid? Usual => ActsFor ?? (ActsForNobody ? Id : null);

    public bool Is(string role, string region) => claims.IsInRole($"{region}:{role}") || claims.IsInRole($"*:{role}");

    /// <summary>Whether the person holds the role in any region.</summary>
    public bool IsAny(string role) => claims.FindAll(ClaimTypes.Role).Any(c => c.Value.EndsWith(":" + role, StringComparison.Ordinal));

    /// <summary>The regions in which the person holds one of the roles; <c>*</c> among them is every region.</summary>
    public IReadOnlyList<string> RegionsOf(params IEnumerable<string> roles) =>
        [.. claims.FindAll(ClaimTypes.Role).Select(c => c.Value.Split(':', 2)).Where(r => r.Length == 2 && roles.Contains(r[1])).Select(r => r[0]).Distinct()];

    /// <summary>Officials of whatever kind run the round and never take part in it, also while they have not shown their second factor.</summary>
    public bool IsOfAuthority => claims.HasClaim(c => c.Type is ClaimTypes.Role or Sessions.Authority);

    /// <summary>Holds a role that this session does not carry, because no second factor was shown.</summary>
    public bool LacksSecondFactor => claims.HasClaim(c => c.Type == Sessions.Authority) && !claims.HasClaim(c => c.Type == ClaimTypes.Role);

    /// <summary>A program with an API token: it may what the token's scopes say, and nothing that only a person does.</summary>
    public bool IsMachine => claims.HasClaim(c => c.Type == Sessions.Machine);

    /// <param name="access"><c>proposals:read</c>.</param>
    /// <param name="region">Null: in whatever region.</param>
    public bool HasScope(string access, string? region = null) => claims.FindAll(Sessions.Scope).Any(c =>
        c.Value.Split('/') is [var of, var what] && what == access && (region is null || of == region || of == Scopes.EveryRegion));

    /// <summary>One of this installation's own tools, which fills demonstrations and replays elections.</summary>
    public bool IsTool => claims.HasClaim(c => c.Type == Sessions.Tool);

    /// <summary>An official of the region; or a tool, and then only for a round that is not <c>live</c>.</summary>
    public bool MayRun(string region, string origin) => Is(Roles.Official, region) || (IsTool && origin != "live");

    public void MustRun(string region, string origin)
    {
        if (!MayRun(region, origin)) throw new RuleBroken("denied.official") { Status = 403 };
    }

    public void Must(string role, string region)
    {
        if (!Is(role, region)) throw new RuleBroken("denied." + role) { Status = 403 };
    }
}

public static class Roles
{
    public const string Administrator = "administrator", Official = "official", Moderator = "moderator", Auditor = "auditor";

    public static readonly IReadOnlyList<string> All = [Administrator, Official, Moderator, Auditor];
}
