using System.Reflection;
using Discovery.Site;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.ServicesTests.Site;

public sealed class PlacesTests(Everybody everybody)
{
    public static TheoryData<string> All() => [.. typeof(Places).GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
        .Where(m => m is PropertyInfo or MethodInfo { IsSpecialName: false }).Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_place_is_a_page_that_exists(string place)
    {
        var path = typeof(Places).GetProperty(place) is { } property ? (string)property.GetValue(null)!
            : typeof(Places).GetMethod(place)! is var method ? (string)method.Invoke(null, [.. method.GetParameters().Select(p => p.ParameterType == typeof(int) ? (object)7 : p.ParameterType == typeof(Guid) ? Guid.NewGuid() : "a-round")])! : "";
        path = "/ru" + path[3..].Split('?')[0];
        var templates = DiscoveryApp.ServiceNames.SelectMany(s => everybody.App.Of(s).GetServices<EndpointDataSource>()).SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null).Select(e => e.RoutePattern.RawText!);
        Assert.Contains(templates, template => new TemplateMatcher(TemplateParser.Parse(template.TrimStart('/')), []).TryMatch(path, []));
    }

    [Fact]
    public async Task The_gateway_sends_every_endpoint_to_its_owner()
    {
        var routes = await TheProgram.RunAsync("routes");
        Assert.True(routes.Code == 0, string.Join('\n', routes.Output.Split('\n').Where(l => l.StartsWith('!'))) + routes.Errors);
    }
}
