using System.Collections.Concurrent;

namespace Discovery.Aggregation.Counting;

/// <summary>Rounds whose chain does not hold, and where: found by this process's own counter, and found again after a restart.</summary>
internal sealed class BrokenLedgers
{
    readonly ConcurrentDictionary<Guid, long> entries = new();

    /// <returns>Whether it is news.</returns>
    public bool Add(Guid round, long entry) => entries.TryAdd(round, entry);

    /// <summary>Where the chain was found broken: this entry or one before it in the same piece; null while it holds.</summary>
    public long? Of(Guid round) => entries.TryGetValue(round, out var entry) ? entry : null;
}
