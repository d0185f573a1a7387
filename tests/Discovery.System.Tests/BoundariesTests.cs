using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using Discovery.Host;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Discovery.SystemTests;

public sealed class BoundariesTests
{
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [], ["Ranking"] = [], ["Platform"] = ["Contracts"], ["Site"] = ["Platform"],
        ["Identity"] = ["Site"], ["Rounds"] = ["Site"], ["Proposals"] = ["Site"], ["Moderation"] = ["Site"],
        ["Voting"] = ["Site", "Ranking"], ["Aggregation"] = ["Site", "Ranking"],
        ["Host"] = ["Aggregation", "Identity", "Moderation", "Proposals", "Ranking", "Rounds", "Voting"],
    };

    [Fact]
    public void Projects_reference_only_what_lies_below_them()
    {
        var found = Directory.EnumerateFiles(Repository.At("src"), "*.csproj", SearchOption.AllDirectories).ToDictionary(
            f => Path.GetFileNameWithoutExtension(f)["Discovery.".Length..],
            f => XDocument.Load(f).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))["Discovery.".Length..]).Order(StringComparer.Ordinal).ToArray());
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        Assert.All(found, project => Assert.Empty(project.Value.Except(Allowed[project.Key])));
    }

    [Fact]
    public void Everything_in_a_service_is_internal_but_its_module()
    {
        // Migrations are made public by their generator.
        foreach (var module in Modules.All)
            Assert.Equal([module.GetType()], module.GetType().Assembly.GetExportedTypes().Where(t => t.Namespace?.Contains(".Migrations.", StringComparison.Ordinal) != true));
    }

    [Fact]
    public void No_service_shows_its_inside_to_another()
    {
        foreach (var module in Modules.All)
            Assert.DoesNotContain(module.GetType().Assembly.GetCustomAttributes<InternalsVisibleToAttribute>(), a => !a.AssemblyName.EndsWith("Tests", StringComparison.Ordinal));
    }

    public static TheoryData<string> Contexts() => [.. Factories().Select(f => f.FullName!)];

    [Theory]
    [MemberData(nameof(Contexts))]
    public void Every_model_is_what_its_migrations_make(string factory)
    {
        var type = Factories().Single(f => f.FullName == factory);
        using var db = (DbContext)type.GetMethod("CreateDbContext")!.Invoke(Activator.CreateInstance(type, nonPublic: true), [Array.Empty<string>()])!;
        Assert.False(db.Database.HasPendingModelChanges(), $"{db.GetType().Name}: ./dev migration");
    }

    static IEnumerable<Type> Factories() => Modules.All.SelectMany(m => m.GetType().Assembly.GetTypes())
        .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IDesignTimeDbContextFactory<>)));
}
