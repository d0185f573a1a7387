using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Discovery.Platform;

/// <summary>A self-contained service: what it is called, which paths are its own, what it needs, what it answers.</summary>
public interface IModule
{
    /// <summary>Lower case, one word: it names the database, the API prefix, the queues and the argument of <c>serve</c>.</summary>
    string Name { get; }

    /// <summary>The pages' paths without the language, as route templates; Platform adds the language and <c>/api/{Name}/{**rest}</c>. The gateway has its routes from here.</summary>
    IReadOnlyList<string> Paths { get; }

    void Add(IHostApplicationBuilder host);

    /// <param name="api">The group <c>/api/{Name}</c>.</param>
    void Map(IEndpointRouteBuilder api);
}

public static class ModulePaths
{
    public const string Language = "/{lang:lang}";

    /// <summary>Everything that belongs to this service, as templates.</summary>
    public static IEnumerable<string> Patterns(this IModule module) =>
        [.. module.Paths.Select(path => path == "/" ? Language : Language + path), $"/api/{module.Name}/{{**rest}}"];
}
