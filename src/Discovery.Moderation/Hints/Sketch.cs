using System.Text;
using Discovery.Site;

namespace Discovery.Moderation.Hints;

/// <summary>
/// The smallest hashes of a text's shingles (runs of four words): two texts share about as many of them as they share shingles
/// (Broder, "On the resemblance and containment of documents", 1997). So the database finds repeated texts with an index.
/// </summary>
internal static class Sketch
{
    const int Words = 4, Size = 32;

    public static IReadOnlyList<long> Of(string text)
    {
        var words = PlainText.Searchable(text).Split(text.Where(c => !char.IsLetterOrDigit(c)).Append(' ').Distinct().ToArray(), StringSplitOptions.RemoveEmptyEntries);
        return [.. Enumerable.Range(0, Math.Max(0, words.Length - Words + 1)).Select(i => Hash(string.Join(' ', words, i, Words))).Distinct().Order().Take(Size)];
    }

    // FNV-1a: stays the same on every machine and in every version, which string.GetHashCode does not.
    static long Hash(string shingle)
    {
        var hash = 14695981039346656037UL;
        foreach (var b in Encoding.UTF8.GetBytes(shingle)) hash = (hash ^ b) * 1099511628211UL;
        // Its high bits hardly change for texts that end alike, and the smallest are kept: mix them.
        hash = (hash ^ hash >> 33) * 0xff51afd7ed558ccdUL;
        return (long)((hash ^ hash >> 33) >> 1);
    }
}

/// <summary>One number of the sketch of a content in a language.</summary>
internal sealed class SketchRow
{
    public required Guid Content { get; init; }
    public required string Language { get; init; }
    public required long Hash { get; init; }
    public required Guid Round { get; init; }
}
