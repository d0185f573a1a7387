using Microsoft.AspNetCore.Builder;

namespace Discovery.Platform.Web;

/// <summary>
/// What an API token of a program may: <c>region/service:read</c> or <c>:write</c>; the region <c>*</c> is every region (rules 22).
/// Only endpoints that say so (<see cref="OpenToMachines"/>) are open to programs at all: ballots, accounts, roles and mandates are for people.
/// </summary>
public static class Scopes
{
    public const string Read = "read", Write = "write", EveryRegion = "*";

    /// <summary>The services and what is open in them; a token gets some of these for a region.</summary>
    public static readonly IReadOnlyList<string> All = ["rounds:read", "proposals:read", "proposals:write", "moderation:read", "voting:read", "aggregation:read"];

    public static bool IsScope(string? scope) => scope?.Split('/') is [{ Length: > 0 }, var access] && All.Contains(access);

    /// <summary>Programs with the right scope may come in here.</summary>
    public static TBuilder OpenToMachines<TBuilder>(this TBuilder endpoints) where TBuilder : IEndpointConventionBuilder => endpoints.WithMetadata(Door.Open);

    /// <summary>The mark of an endpoint that is open to programs.</summary>
    public sealed class Door
    {
        internal static readonly Door Open = new();

        Door() { }
    }
}
