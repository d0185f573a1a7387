using System.Security.Cryptography;
using System.Text;

namespace Discovery.Ranking;

/// <summary>The order that decides ties: by SHA-256(seed, 0x1F, id), ascending.</summary>
internal static class TieOrder
{
    public static int[] Of(IReadOnlyList<string> proposals, CountRules rules)
    {
        if (rules.TieOrder is { } given)
        {
            if (!given.Order().SequenceEqual(Enumerable.Range(0, proposals.Count)))
                throw new ArgumentException("The tie order does not list every proposal once.", nameof(rules));
            return [.. given];
        }

        return [.. Enumerable.Range(0, proposals.Count)
            .OrderBy(p => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{rules.Seed}\u001f{proposals[p]}"))), StringComparer.Ordinal)];
    }
}
