using System.Text;
using Discovery.Host;
using Discovery.Platform.Messaging;
using Microsoft.Extensions.Configuration;

namespace Discovery.SystemTests;

public sealed class WireTests
{
    /// <summary>What lies in queues and outboxes during an update was written by the version before: names stay, members are only added. A wanted change is a new line in Wire.approved.txt.</summary>
    [Fact]
    public void Messages_and_queues_have_the_names_that_older_versions_know()
    {
        var now = new StringBuilder();
        foreach (var fact in typeof(Contracts.Text).Assembly.GetExportedTypes().Where(t => t is { IsClass: true, IsAbstract: false }).OrderBy(t => t.FullName, StringComparer.Ordinal))
            now.Append("message ").Append(fact.FullName).Append(": ").AppendJoin(", ", fact.GetProperties().Where(p => p.DeclaringType == fact && p.GetIndexParameters().Length == 0).Select(p => p.Name)).Append('\n');
        var topology = new Topology(Modules.All, [], new ConfigurationBuilder().Build());
        foreach (var queue in topology.Endpoints.OrderBy(e => e.Queue, StringComparer.Ordinal))
            now.Append("queue ").Append(queue.Queue).Append(": ").AppendJoin(", ", queue.Facts.Select(f => f.FullName!["Discovery.Contracts.".Length..]).Order(StringComparer.Ordinal)).Append('\n');

        var approved = Repository.At("tests", "Discovery.System.Tests", "Wire.approved.txt");
        if (!File.Exists(approved) || File.ReadAllText(approved) != now.ToString()) File.WriteAllText(Path.ChangeExtension(approved, ".received.txt"), now.ToString());
        Assert.Equal(File.Exists(approved) ? File.ReadAllText(approved) : "", now.ToString());
    }
}
