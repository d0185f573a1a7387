using System.Text.Json;
using System.Text.Json.Serialization;

namespace Discovery.Host.Demo;

internal sealed record Both(string Ru, string En);

/// <summary>The fictional region with its organisations and rounds, as written in demonstration.json.</summary>
internal sealed record Demonstration(
    Demonstration.Place Region,
    IReadOnlyList<Demonstration.Organisation> Organisations,
    IReadOnlyList<Demonstration.Round> Rounds)
{
    private const string Resource = "Discovery.Host.Demo.demonstration.json";

    // Strict on purpose: a misspelt field in the data must fail the start of the demonstration, not show an empty page.
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public static Demonstration Load()
    {
        using var stream = typeof(Demonstration).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is not embedded.");
        return JsonSerializer.Deserialize<Demonstration>(stream, Strict)
            ?? throw new InvalidOperationException($"The resource {Resource} is empty.");
    }

    /// <param name="River">For each row of cells, where the river crosses it, in cell widths from the left edge
    /// of an even row; odd rows are shifted right by half a cell, so their cell centres lie at Col + 0.5.</param>
    internal sealed record Place(
        string Slug, Both Name, string Brand, string Zone, IReadOnlyList<Cell> Cells, IReadOnlyList<double> River);

    internal sealed record Cell(int Row, int Col, Both Name, string Key, bool Capital = false);

    /// <param name="Kind">firm, university, community, ngo or finance.</param>
    /// <param name="Family">The key of the ultimate owner; the owner itself carries its own key.</param>
    /// <param name="Staff">People employed; for a community, its verified members.</param>
    internal sealed record Organisation(
        string Key, Both Name, string Kind, string Municipality, string? Family, int Staff, string Inn);

    /// <param name="K">Length of the shortlist.</param>
    /// <param name="UpTo">How many proposals one ballot may rank.</param>
    internal sealed record Round(
        string Slug, bool Published, Both Title, Both Question, Both Summary, int K, int UpTo,
        IReadOnlyList<Group> Groups, IReadOnlyList<Proposal> Proposals, IReadOnlyList<Bloc> Blocs);

    /// <param name="Voters">How many ballots the demonstration casts in this group.</param>
    internal sealed record Group(
        string Id, Both Name, Both Short, int Weight, IReadOnlyList<string> Kinds, int Voters);

    /// <param name="Also">The second sector of a proposal that stands between two.</param>
    /// <param name="Today">What must be done today.</param>
    /// <param name="Market">Which market in five to seven years.</param>
    internal sealed record Proposal(
        int Number, Both Title, string Sector, string? Also, string Author, IReadOnlyList<string> Coauthors,
        string Municipality, Both Summary, Both Today, Both Market, Both Strengths,
        string Mode, string Type, string Track, int Horizon);

    /// <summary>A part of a group that thinks alike; what <see cref="Opinions"/> draws ballots from.</summary>
    /// <param name="Share">Its part of the voters that no bloc names.</param>
    /// <param name="Of">Organisations, or communities with all their members, that always speak with this bloc.</param>
    /// <param name="Ranks">The fewest and the most proposals that one of its ballots ranks.</param>
    /// <param name="Ties">Per cent of proposals that share the place of the one before.</param>
    /// <param name="Line">Per cent of ballots that draw their own line of acceptance.</param>
    /// <param name="Noise">The strength of every proposal that is not a favourite.</param>
    internal sealed record Bloc(
        string Group, string Name, int Share, IReadOnlyList<string> Of, IReadOnlyList<int> Ranks,
        int Ties, int Line, int Noise, IReadOnlyList<Favourite> Favourites);

    /// <param name="Strength">Chance of the next place beside the other strengths; 0 is never ranked.</param>
    internal sealed record Favourite(int Number, int Strength);
}
