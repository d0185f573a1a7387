using Discovery.Contracts.Rounds;
using Discovery.Site;

namespace Discovery.Identity.People;

/// <summary>A region as a form offers it. One that has no round yet is called by its key.</summary>
internal sealed record RegionName(string Slug, string Name)
{
    /// <param name="mine">Regions of the user's roles; with <c>*</c> among them, all.</param>
    public static IReadOnlyList<RegionName> Of(IReadOnlyList<Region> known, IReadOnlyList<string> mine, Words<Texts> text)
    {
        var all = mine.Contains("*");
        var names = known.Where(r => all || mine.Contains(r.Slug)).Select(r => new RegionName(r.Slug, r.Name.Here())).OrderBy(r => r.Name, StringComparer.CurrentCulture).ToList();
        names.AddRange(mine.Where(slug => slug != "*" && names.All(n => n.Slug != slug)).Select(slug => new RegionName(slug, slug)));
        return all ? [new("*", text["identity.region.all"]), .. names] : names;
    }

    /// <summary>«Официал, Заречный край».</summary>
    public static string OfRole(string role, IReadOnlyList<RegionName> regions, Words<Texts> text) =>
        role.Split(':') is [var region, var name] ? $"{text["identity.role." + name]}, {(region == "*" ? text["identity.region.all"] : regions.FirstOrDefault(r => r.Slug == region)?.Name ?? region)}" : role;
}
