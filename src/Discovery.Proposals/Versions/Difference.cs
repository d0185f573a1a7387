using System.Text.RegularExpressions;
using DiffPlex;
using DiffPlex.Chunkers;

namespace Discovery.Proposals.Versions;

/// <summary>A run of words of two texts.</summary>
/// <param name="Kind"><c>same</c>, <c>gone</c> or <c>new</c>.</param>
internal sealed record Piece(string Kind, string Text)
{
    public const string Same = "same", Gone = "gone", New = "new";
}

/// <summary>What differs between two texts, word by word (Myers 1986).</summary>
internal static partial class Difference
{
    // A word, blanks, or one sign: the comma after a changed word has not changed.
    static readonly CustomFunctionChunker Chunks = new(text => [.. Chunk().Matches(text).Select(m => m.Value)]);

    public static IReadOnlyList<Piece> Of(string before, string after)
    {
        var diff = Differ.Instance.CreateDiffs(before, after, ignoreWhiteSpace: false, ignoreCase: false, Chunks);
        var (pieces, gone, come, at) = (new List<Piece>(), "", "", 0);
        foreach (var block in diff.DiffBlocks)
        {
            Keep(Words(diff.PiecesOld, at, block.DeleteStartA - at));
            gone += Words(diff.PiecesOld, block.DeleteStartA, block.DeleteCountA);
            come += Words(diff.PiecesNew, block.InsertStartB, block.InsertCountB);
            at = block.DeleteStartA + block.DeleteCountA;
        }
        Flush();
        Add(Piece.Same, Words(diff.PiecesOld, at, diff.PiecesOld.Count - at));
        return pieces;

        // A blank between two changes has stayed by chance: without it a sentence that was written anew would be read word by word.
        void Keep(string same)
        {
            if (same is " " && gone.Length + come.Length > 0) (gone, come) = (gone + same, come + same);
            else
            {
                Flush();
                Add(Piece.Same, same);
            }
        }

        void Flush()
        {
            Add(Piece.Gone, gone);
            Add(Piece.New, come);
            (gone, come) = ("", "");
        }

        void Add(string kind, string text)
        {
            if (text.Length > 0) pieces.Add(new(kind, text));
        }
    }

    static string Words(IReadOnlyList<string> words, int from, int count) => string.Concat(words.Skip(from).Take(count));

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}_]+|\s+|.", RegexOptions.Singleline)]
    private static partial Regex Chunk();
}
