namespace Discovery.Ranking;

/// <summary>How the votes of a file are written.</summary>
public enum VoteKind
{
    /// <summary>Orders, with or without ties.</summary>
    Ordinal,

    /// <summary>Sets (Pabulib "approval" and "choose-1").</summary>
    Approval,

    /// <summary>Points out of a budget (Pabulib "cumulative").</summary>
    Cumulative,

    /// <summary>Scores (Pabulib "scoring").</summary>
    Scoring,
}

/// <summary>A proposal of a file.</summary>
/// <param name="Id">The file's own id: Pabulib project_id, PrefLib alternative number.</param>
/// <param name="Name">Its title; the id when there is none.</param>
/// <param name="Columns">All further columns as text (cost, category, votes, score, selected ...); empty in PrefLib.</param>
public sealed record ElectionProposal(string Id, string Name, IReadOnlyDictionary<string, string> Columns);

/// <summary>So many equal votes.</summary>
/// <param name="Count">At least 1; always 1 in Pabulib.</param>
/// <param name="Tiers">Indices of proposals, best first. Points and scores: by value descending, 0 points = unranked.</param>
/// <param name="Values">Points or scores in the order the vote names them, as (proposal, value); null without.</param>
/// <param name="Voter">voter_id, age, sex, district ... as text; empty in PrefLib.</param>
public sealed record ElectionVote(
    long Count, IReadOnlyList<int[]> Tiers, IReadOnlyList<(int Proposal, int Value)>? Values, IReadOnlyDictionary<string, string> Voter)
{
    /// <summary>Proposals in the order the vote names them.</summary>
    public IEnumerable<int> Named => Values?.Select(v => v.Proposal) ?? Tiers.SelectMany(tier => tier);
}

/// <summary>An election in PrefLib (.soc .soi .toc .toi, preflib.org/format) or Pabulib (.pb, pabulib.org/format) format.</summary>
/// <param name="Kind">How votes are written.</param>
/// <param name="Meta">The header in the order of the file, without the counts that follow from the rest.</param>
/// <param name="Proposals">In the order of the file.</param>
/// <param name="Votes">In the order of the file.</param>
public sealed record ElectionFile(
    VoteKind Kind, IReadOnlyList<KeyValuePair<string, string>> Meta, IReadOnlyList<ElectionProposal> Proposals, IReadOnlyList<ElectionVote> Votes)
{
    /// <summary>The value of a header line, or null.</summary>
    public string? this[string key] => Meta.FirstOrDefault(pair => pair.Key == key).Value;

    /// <summary>Reads a file; its ending says the format.</summary>
    /// <exception cref="ElectionFileException">The file breaks its format.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ElectionFile Read(string path)
    {
        using var reader = File.OpenText(path);
        return Read(reader, Path.GetFileName(path));
    }

    /// <summary>Reads text; the ending of the name says the format.</summary>
    /// <exception cref="ElectionFileException">The text breaks its format, or no such format is known.</exception>
    public static ElectionFile Read(TextReader text, string name) => Ending(name) switch
    {
        ".soc" or ".soi" or ".toc" or ".toi" => PrefLib.Read(text, Ending(name)[1..]),
        ".pb" => Pabulib.Read(text),
        _ => throw new ElectionFileException(0, $"'{name}' is neither .soc, .soi, .toc, .toi nor .pb"),
    };

    /// <summary>Writes in the format that the ending of the name says.</summary>
    /// <exception cref="ElectionFileException">The format cannot hold these votes.</exception>
    public void Write(TextWriter text, string name)
    {
        switch (Ending(name))
        {
            case ".soc" or ".soi" or ".toc" or ".toi": PrefLib.Write(this, text, name); break;
            case ".pb": Pabulib.Write(this, text); break;
            default: throw new ElectionFileException(0, $"'{name}' is neither .soc, .soi, .toc, .toi nor .pb");
        }
    }

    private static string Ending(string name) => Path.GetExtension(name).ToLowerInvariant();
}

/// <summary>A file that breaks its format.</summary>
/// <param name="line">The line, from 1; 0 when the file as a whole is at fault.</param>
/// <param name="reason">What is wrong, in one sentence without a full stop.</param>
public sealed class ElectionFileException(int line, string reason)
    : Exception(line > 0 ? $"Line {line}: {reason}" : reason)
{
    public int Line { get; } = line;

    public string Reason { get; } = reason;
}
