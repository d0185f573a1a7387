using System.Collections.Concurrent;

namespace Discovery.Aggregation.Counting;

/// <summary>Rounds whose chain does not hold, and where: found by this process's own counter, and found again after a restart.</summary>
internal sealed class BrokenLedgers
{
    readonly ConcurrentDictionary<Guid, long> entries = new();

    /// <returns>Whether it is news.</returns>
    public bool Add(Guid round, long entry) => entries.TryAdd(round, entry);

    /// <summary>The first entry that does not hold, or null.</summary>
    public long? Of(Guid round) => entries.TryGetValue(round, out var entry) ? entry : null;
}
