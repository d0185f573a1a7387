using System.Collections.Concurrent;

namespace Discovery.BrowserTests;

/// <summary>Who sits at the browser. Tests that vote make a person of their own, so that they do not disturb each other.</summary>
/// <param name="Halfway">Holds a role, and has shown no second factor.</param>
public sealed record Person(string Email, Guid Id, string Name, bool Halfway = false)
{
    static int count;

    static readonly ConcurrentDictionary<string, Lazy<Task<Person>>> Known = new();

    public static Person Official { get; } = OfDemonstration("official");

    public static Person Second { get; } = OfDemonstration("second");

    public static Person Auditor { get; } = OfDemonstration("auditor");

    public static Person Firm { get; } = OfDemonstration("firm");

    public static Person Science { get; } = OfDemonstration("science");

    static Person OfDemonstration(string name) => new($"{name}@demo.example", default, "");

    /// <summary>Somebody with a firm that votes in the open round of the demonstration.</summary>
    public static Task<Person> NewVoterAsync(TheSite site) => NewAsync(site, [], "firm");

    /// <summary>Somebody with an account and nothing else.</summary>
    public static Task<Person> StrangerAsync(TheSite site) => Known.GetOrAdd("stranger", _ => new(() => NewAsync(site, []))).Value;

    /// <summary>An official of every region: rounds that tests make through the API have regions of their own.</summary>
    public static Task<Person> OfficialEverywhereAsync(TheSite site) => Known.GetOrAdd("official", _ => new(() => NewAsync(site, ["*:official"]))).Value;

    /// <summary>Grants roles in every region.</summary>
    public static Task<Person> AdministratorAsync(TheSite site) => Known.GetOrAdd("administrator", _ => new(() => NewAsync(site, ["*:administrator"]))).Value;

    /// <summary>Somebody who is blocked, to be looked at.</summary>
    public static Task<Person> BlockedAsync(TheSite site) => Known.GetOrAdd("blocked", _ => new(async () =>
    {
        var person = await NewAsync(site, []);
        using var administrator = site.As("administrator");
        await administrator.Put($"/api/identity/people/{person.Id}/block", new { reason = "Looked at in a test" });
        return person;
    })).Value;

    /// <summary>An official who has signed in with a password and nothing else.</summary>
    public static Task<Person> HalfwayAsync(TheSite site) => Known.GetOrAdd("halfway", _ => new(async () => await NewAsync(site, ["*:official"]) with { Halfway = true })).Value;

    /// <summary>An official of every region, who has not signed in yet.</summary>
    public static Task<Person> NewOfficialAsync(TheSite site) => NewAsync(site, ["*:official"]);

    /// <summary>A firm that casts nothing in the open round, for what must be looked at and not changed.</summary>
    public static Task<Person> OnlookerAsync(TheSite site) => Known.GetOrAdd("onlooker", _ => new(() => NewAsync(site, [], "firm"))).Value;

    /// <summary>A member of two universities.</summary>
    public static Task<Person> TwoHatsAsync(TheSite site) => Known.GetOrAdd("hats", _ => new(() => NewAsync(site, [], "university", "university"))).Value;

    /// <param name="kinds">Of the organisations that the person may act for.</param>
    public static async Task<Person> NewAsync(TheSite site, string[] roles, params string[] kinds)
    {
        var number = Interlocked.Increment(ref count);
        var name = $"{(roles.Length > 0 ? "Official" : "Voter")} {number}";
        var person = new Person($"{name.Replace(' ', '.').ToLowerInvariant()}@browser.example", Portal.Id("browser " + name), name);
        var organisations = kinds.Select((kind, i) => (Id: Portal.Id($"browser {name} organisation {i}"), Kind: kind, Number: $"{number}{(char)('A' + i)}")).ToList();
        using var tool = site.AsTool();
        await tool.Post("/api/identity/import", new
        {
            organisations = organisations.Select(o => new { id = o.Id, name = new { ru = $"Завод № {o.Number}", en = $"Plant No. {o.Number}" }, kind = o.Kind }),
            accounts = new[] { new { id = person.Id, email = person.Email, displayName = name, password = TheSite.Password, roles, organisations = organisations.Select(o => o.Id) } },
        });
        if (organisations.Count == 0) return person;
        using var voter = site.AsVoter(person.Id);
        await site.Until(voter, $"/api/voting/rounds/{TheSite.Open}/ballot", b => b.GetProperty("capacities").GetArrayLength() == organisations.Count);
        return person;
    }
}
