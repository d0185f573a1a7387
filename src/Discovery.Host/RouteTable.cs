using Discovery.Platform;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace Discovery.Host;

/// <summary><c>discovery routes</c>: every endpoint with its owner; fails where the gateway would send its path to another service.</summary>
internal static class RouteTable
{
    public static System.CommandLine.Command Describe()
    {
        var command = new System.CommandLine.Command("routes", "List every endpoint with its owner, and fail where the gateway would send its path elsewhere");
        command.SetAction(_ => Print(Console.Out));
        return command;
    }

    static int Print(TextWriter output)
    {
        var app = Service.Build(Modules.All, ["--Logging:LogLevel:Default=Warning", "--Data=" + Directory.CreateTempSubdirectory("discovery-routes").FullName]);
        var owners = Modules.All.SelectMany(m => m.Patterns().Select(p => (Module: m, Pattern: p, Matcher: new TemplateMatcher(TemplateParser.Parse(p), [])))).ToList();
        var wrong = owners.GroupBy(o => o.Pattern).Count(g => g.Count() > 1);
        foreach (var endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>())
        {
            var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>();
            var owner = endpoint.Metadata.GetMetadata<IModule>() ?? Modules.All.SingleOrDefault(m => page?.RelativePath.StartsWith($"/Pages/{m.Name}/", StringComparison.OrdinalIgnoreCase) == true);
            if (owner is null) continue;        // the shell's own: static assets, errors, health
            var path = Sample(endpoint.RoutePattern);
            var hits = owners.Where(o => o.Matcher.TryMatch(path, [])).OrderByDescending(o => Specificity(o.Pattern)).Select(o => o.Module.Name).Distinct().ToList();
            var right = hits.FirstOrDefault() == owner.Name;
            if (!right) wrong++;
            output.WriteLine($"{(right ? ' ' : '!')} {owner.Name,-12} {endpoint.RoutePattern.RawText,-64} -> {string.Join(", ", hits)}");
        }
        return wrong == 0 ? 0 : 1;
    }

    // More literal segments win, as in routing itself.
    static int Specificity(string pattern) => pattern.Split('/').Sum(s => s.StartsWith('{') ? s.Contains(':') ? 2 : s.Contains("**") ? 0 : 1 : 4);

    static string Sample(RoutePattern pattern) => "/" + string.Join('/', pattern.PathSegments.Select(s => string.Concat(s.Parts.Select(Part))));

    static string Part(RoutePatternPart part) => part switch
    {
        RoutePatternParameterPart { Name: "lang" } => "ru",
        RoutePatternParameterPart { IsCatchAll: true } => "seven",
        RoutePatternParameterPart => "7",
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        _ => "",
    };
}
