using System.Security.Claims;

namespace Discovery.Platform;

/// <summary>Who is asking, as the session says it. Roles are per region: <c>region:official</c>; <c>*:official</c> holds in every region.</summary>
public sealed class CurrentUser(ClaimsPrincipal claims)
{
    public bool IsSignedIn => claims.Identity?.IsAuthenticated == true;

    /// <summary>The account; <see cref="Guid.Empty"/> for the anonymous.</summary>
    public Guid Id => Guid.TryParse(claims.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : Guid.Empty;

    public string Name => claims.FindFirstValue(ClaimTypes.Name) ?? "";

    public bool Is(string role, string region) => claims.IsInRole($"{region}:{role}") || claims.IsInRole($"*:{role}");

    /// <summary>Whether the person holds the role in any region.</summary>
    public bool IsAny(string role) => claims.FindAll(ClaimTypes.Role).Any(c => c.Value.EndsWith(":" + role, StringComparison.Ordinal));

    /// <summary>Officials of whatever kind run the round and never take part in it.</summary>
    public bool IsOfAuthority => claims.FindAll(ClaimTypes.Role).Any();

    /// <summary>One of this installation's own tools, which fills demonstrations and replays elections.</summary>
    public bool IsTool => claims.HasClaim(c => c.Type == Web.Sessions.Tool);

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
}
