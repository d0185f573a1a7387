namespace Discovery.Testing;

/// <param name="Person">Who signs in.</param>
/// <param name="Subject">As whom: an organisation, or the person.</param>
public sealed record Voter(Guid Person, Guid Subject, string Group);

/// <summary>The participants that all rounds of a test installation share. They are entered once: every open round hears of a newcomer.</summary>
public sealed class Town
{
    public const int Size = 12, FamilySize = 17;

    bool known;

    Town() { }

    public IReadOnlyList<Voter> Firms { get; } = [.. Enumerable.Range(1, Size).Select(i => Of("firm", i, "firms"))];

    public IReadOnlyList<Voter> Universities { get; } = [.. Enumerable.Range(1, Size).Select(i => Of("university", i, "science"))];

    /// <summary>Members of one consumer community.</summary>
    public IReadOnlyList<Voter> Consumers { get; } = [.. Enumerable.Range(1, Size).Select(i => new Voter(Portal.Id($"consumer {i}"), Portal.Id($"consumer {i}"), "consumers"))];

    /// <summary>Firms of one owner, the owner first.</summary>
    public IReadOnlyList<Voter> Family { get; } = [.. Enumerable.Range(1, FamilySize).Select(i => Of("affiliate", i, "firms"))];

    /// <summary>Proposes and belongs to no voting group.</summary>
    public Voter Institute { get; } = Of("institute", 1, "");

    /// <summary>One person with the mandates of two universities.</summary>
    public Voter TwoHats { get; } = new(Portal.Id("two hats"), Portal.Id("university 1"), "science");

    public IEnumerable<Voter> Everybody => [.. Firms, .. Universities, .. Consumers];

    static Voter Of(string kind, int number, string group) => new(Portal.Id($"{kind} {number} person"), Portal.Id($"{kind} {number}"), group);

    public static async Task<Town> SettleAsync(Portal portal)
    {
        var town = new Town();
        var community = Portal.Id("community");
        using var tool = portal.AsTool();
        IEnumerable<(Voter Voter, string Kind, Guid? Family)> organisations =
        [
            .. town.Firms.Select(f => (f, "firm", (Guid?)null)), .. town.Universities.Select(u => (u, "university", (Guid?)null)),
            .. town.Family.Select(f => (f, "firm", (Guid?)town.Family[0].Subject)), (town.Institute, "public", null),
        ];
        await tool.Post("/api/identity/import", new
        {
            organisations = organisations.Select(o => new { id = o.Voter.Subject, name = Both($"Организация {o.Voter.Subject:N}", $"Organisation {o.Voter.Subject:N}"), kind = o.Kind, family = o.Family })
                .Append(new { id = community, name = Both("Сообщество", "Community"), kind = "community", family = (Guid?)null }),
            members = town.Consumers.Select(c => new { community, person = c.Person }),
            accounts = organisations.Select(o => new { id = o.Voter.Person, email = $"{o.Voter.Person:N}@test.example", displayName = "Voter", organisations = new[] { o.Voter.Subject } })
                .Append(new { id = town.TwoHats.Person, email = "two-hats@test.example", displayName = "Two hats", organisations = new[] { town.Universities[0].Subject, town.Universities[1].Subject } }),
        });
        return town;
    }

    /// <summary>Waits until Voting knows all of them: the first round of an installation may be faster than the facts.</summary>
    public async Task KnownAsync(Portal portal, string round)
    {
        if (known) return;
        foreach (var voter in Everybody.Concat(Family))
        {
            using var http = portal.AsVoter(voter.Person);
            await portal.Until(http, $"/api/voting/rounds/{round}/ballot", ballot => ballot.GetProperty("capacities").GetArrayLength() > 0);
        }
        using var hats = portal.AsVoter(TwoHats.Person);
        await portal.Until(hats, $"/api/voting/rounds/{round}/ballot", ballot => ballot.GetProperty("capacities").GetArrayLength() == 2);
        known = true;
    }

    public static object Both(string ru, string en) => new { ru, en };
}
