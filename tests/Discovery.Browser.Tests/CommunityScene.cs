namespace Discovery.BrowserTests;

/// <summary>A community with its speaker and people who stand to it in every way that its pages know.</summary>
public static class CommunityScene
{
    static readonly Lock Gate = new();
    static Task<bool>? made;
    static int count;

    public static string Join => $"/organisations/{Of("gardens")}/join";

    public static string Members => $"/organisations/{Of("gardens")}/members";

    public static string NoMembers => $"/organisations/{Of("nobody's")}/members";

    public static Task<Person> SpeakerAsync(TheSite site) => OneAsync(site, "Speaker");

    public static Task<Person> SpeakerOfNobodyAsync(TheSite site) => OneAsync(site, "Beginner");

    public static Task<Person> GuestAsync(TheSite site) => OneAsync(site, "Guest");

    public static Task<Person> ListedAsync(TheSite site) => OneAsync(site, "Listed");

    public static Task<Person> AskingAsync(TheSite site) => OneAsync(site, "Asking");

    public static Task<Person> MemberAsync(TheSite site) => OneAsync(site, "Member");

    public static Task<Person> RemovedAsync(TheSite site) => OneAsync(site, "Removed");

    /// <summary>Somebody new with two universities: choosing one ends the session that others would share.</summary>
    public static async Task<Person> ActingAsync(TheSite site)
    {
        var number = Interlocked.Increment(ref count);
        var person = await PersonAsync(site, $"Acting {number}", ("university", $"Институт № {number}", $"Institute No. {number}"), ("university", $"Академия № {number}", $"Academy No. {number}"));
        using var http = site.AsVoter(person.Id);
        await site.Until(http, $"/api/voting/rounds/{TheSite.Open}/ballot", b => b.GetProperty("capacities").GetArrayLength() == 2);
        return person;
    }

    /// <summary>An account with a password, and with a mandate for each of the organisations: the only one that they have.</summary>
    public static async Task<Person> PersonAsync(TheSite site, string name, params (string Kind, string Ru, string En)[] organisations)
    {
        var person = new Person($"{name.Replace(' ', '.').ToLowerInvariant()}@scene.example", Portal.Id("scene " + name), name);
        using var tool = site.AsTool();
        await tool.Post("/api/identity/import", new
        {
            organisations = organisations.Select(o => new { id = Of(o.En), name = new { ru = o.Ru, en = o.En }, kind = o.Kind }),
            accounts = new[] { new { id = person.Id, email = person.Email, displayName = name, password = TheSite.Password, organisations = organisations.Select(o => Of(o.En)) } },
        });
        return person;
    }

    public static Guid Of(string organisation) => Portal.Id("scene " + organisation);

    static async Task<Person> OneAsync(TheSite site, string name)
    {
        lock (Gate) made ??= MakeAsync(site);
        await made;
        return new($"{name.ToLowerInvariant()}@scene.example", Portal.Id("scene " + name), name);
    }

    static async Task<bool> MakeAsync(TheSite site)
    {
        var speaker = await PersonAsync(site, "Speaker", ("community", "Союз садоводов Заречного края", "gardens"));
        await PersonAsync(site, "Beginner", ("community", "Общество велосипедистов", "nobody's"));
        var people = new List<Person>();
        foreach (var name in new[] { "Guest", "Listed", "Asking", "Member", "Removed" }) people.Add(await PersonAsync(site, name));
        using var desk = site.AsVoter(speaker.Id);
        var (members, membership) = ($"/api/identity{Members}", $"/api/identity/organisations/{Of("gardens")}/membership");
        await desk.PostAsync(members + "/list", new StringContent(people[1].Email)).Json();
        foreach (var asking in people.Skip(2))
        {
            using var http = site.AsVoter(asking.Id);
            await http.Post(membership + "/request");
        }
        await desk.Post(members + "/requests", new { people = new[] { people[3].Id, people[4].Id }, confirm = true });
        await desk.Post($"{members}/{people[4].Id}/removal", new { reason = "Участок продан новому владельцу" });
        return true;
    }
}
