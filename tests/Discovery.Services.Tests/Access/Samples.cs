using System.Net.Http.Json;

namespace Discovery.ServicesTests.Access;

/// <summary>What an endpoint is called with: values for the parameters of its path, and a body that is good enough to be judged by who sends it.</summary>
internal static class Samples
{
    /// <param name="Body">JSON for the API; null is an empty object.</param>
    /// <param name="Fields">Of a page's form.</param>
    /// <param name="Values">Parameters of the path that are others than elsewhere.</param>
    /// <param name="Query">What follows the path.</param>
    public sealed record Sample(object? Body = null, Dictionary<string, string>? Fields = null, Dictionary<string, string>? Values = null, string Query = "");

    /// <summary>The address, filled with things that exist.</summary>
    /// <exception cref="InvalidOperationException">A parameter has no fixture.</exception>
    public static string Address(Scene scene, Plot plot, string role, Endpoint endpoint)
    {
        var sample = Of(scene, plot, endpoint);
        var address = endpoint.At(name => sample.Values?.GetValueOrDefault(name) ?? Value(scene, plot, role, endpoint, name) ?? throw new InvalidOperationException(
            $"{endpoint.Key}: nothing is known for {{{name}}}. Say in Samples.Value (tests/Discovery.Services.Tests/Access) which real thing it stands for, so that \"denied\" can be told from \"unknown\"."));
        return sample.Query.Length == 0 ? address : address + (address.Contains('?', StringComparison.Ordinal) ? "&" : "?") + sample.Query;
    }

    public static HttpContent? Content(Scene scene, Plot plot, Endpoint endpoint)
    {
        if (endpoint.IsSafe) return null;
        var sample = Of(scene, plot, endpoint);
        if (endpoint.IsPage) return new FormUrlEncodedContent(sample.Fields ?? []);
        return endpoint.Method == "DELETE" && sample.Body is null ? null : JsonContent.Create(sample.Body ?? new { });
    }

    static string? Value(Scene scene, Plot plot, string role, Endpoint endpoint, string name) => name switch
    {
        "lang" => "en",
        "status" => "404",
        "documentName" => endpoint.Pattern.Contains("/openapi/", StringComparison.Ordinal) ? endpoint.Pattern.Split('/')[2] : "identity",
        "round" or "slug" => RoundOf(scene, endpoint).Slug,
        "kind" => "proposals",
        "number" => endpoint.Pattern.Contains("/results", StringComparison.Ordinal) ? "3" : "2",
        "code" when endpoint.Pattern.Contains("/receipts/", StringComparison.Ordinal) => scene.Receipt.Replace(' ', '-'),
        "id" => plot.IdUnder(Before(endpoint.Pattern, name), role),
        "organisation" or "firm" => plot.Firm.ToString(),
        "community" => plot.Community.ToString(),
        "person" or "member" => plot.Person("part").ToString(),
        "mandate" or "claim" or "dispute" or "evidence" or "invitation" or "session" => plot.IdUnder(name + "s", role),
        _ => null,
    };

    static string Before(string pattern, string name) => pattern[..pattern.IndexOf($"/{{{name}}}", StringComparison.Ordinal)].Split('/')[^1];

    /// <summary>The real thing behind <c>/claims/{id}</c>. Sessions are those of the participant: to everybody else they do not exist.</summary>
    static string? IdUnder(this Plot plot, string collection, string role) => (collection switch
    {
        "organisations" => plot.Firm,
        "communities" => plot.Community,
        "mandates" => plot.Mandate,
        "claims" => plot.Claim,
        "disputes" => plot.Dispute,
        "evidence" or "evidences" or "documents" => plot.Evidence,
        "invitations" => plot.Invitation,
        "tokens" => plot.ApiToken,
        "codes" => plot.Code,
        "sessions" => plot.Session("part"),
        "people" or "accounts" or "members" => plot.Person("part"),
        _ => (Guid?)null,
    })?.ToString();

    // Where hiding matters most: what waits for publication, an open vote, a result that is not published.
    static TestRound RoundOf(Scene scene, Endpoint endpoint) => endpoint.Pattern switch
    {
        var p when p.Contains("/results", StringComparison.Ordinal) || p.StartsWith("/api/aggregation", StringComparison.Ordinal) => scene.Counted,
        // Asked of a vote that has ended: who may is told so, and nothing changes.
        var p when p.EndsWith("/close", StringComparison.Ordinal) || p.EndsWith("/withdrawn-proposals", StringComparison.Ordinal) || (p.EndsWith("/ballot/desk", StringComparison.Ordinal) && !endpoint.IsSafe) => scene.Counted,
        var p when p.EndsWith("/voting/rounds/{round}/bundle", StringComparison.Ordinal) => scene.Counted,
        var p when p.Contains("/proposals", StringComparison.Ordinal) => scene.Collecting,
        _ => scene.Open,
    };

    static Sample Of(Scene scene, Plot plot, Endpoint endpoint)
    {
        object reason = new { reason = "The matrix asks" };
        var said = new Dictionary<string, string> { ["Input.Reason"] = "The matrix asks" };
        var vote = new { @as = plot.Firm, tiers = new[] { new[] { 3 } } };
        var proposal = new Dictionary<string, string> { ["Input.Organisation"] = plot.Firm.ToString(), ["Input.Sector"] = "agro", ["Input.Mode"] = "general", ["Input.Kind"] = "new", ["Input.Track"] = "main", ["Input.Horizon"] = $"{DateTime.UtcNow.Year + 5}" };
        foreach (var field in new[] { "Title", "Summary", "Today", "Market", "Strengths" }) proposal[$"Input.{field}[en]"] = $"Enough words about the {field} of a proposal";
        var someone = new { email = $"new-{plot.Firm:N}@matrix.example", displayName = "Somebody new" };
        return endpoint.Key switch
        {
            "POST /api/identity/accounts" => new(someone),
            "POST /api/identity/import" => new(new { organisations = Array.Empty<object>() }),
            "POST /api/identity/organisations" => new(new { name = new { en = $"New {plot.Firm:N}" }, kind = "firm" }),
            "POST /{lang}/organisations/new" => new(Fields: new() { ["Input.Name[en]"] = $"New {plot.Firm:N}", ["Input.Kind"] = "firm" }),
            "POST /api/identity/organisations/{id}/mandates" => new(someone),
            "POST /{lang}/organisations/{id}" => new(Fields: new() { ["Input.Email"] = someone.email, ["Input.DisplayName"] = someone.displayName }),
            "POST /{lang}/organisations/{id}?handler=Revoke" => new(Query: "mandate=" + plot.Mandate),
            "POST /api/identity/token" => new(new { email = plot.Email("part"), password = "not the password" }),
            "POST /api/identity/codes" => new(new { email = plot.Email("part") }),
            "POST /api/identity/codes/{id}" => new(new { code = "000000" }),
            "POST /api/identity/sign-ups" => new(new { someone.email, someone.displayName, agrees = true }),
            "POST /{lang}/sign-in" => new(Fields: new() { ["Input.Email"] = plot.Email("part") }),
            "POST /{lang}/sign-up" => new(Fields: new() { ["Input.Email"] = someone.email, ["Input.DisplayName"] = someone.displayName, ["Input.Agrees"] = "true" }),
            "PUT /api/identity/account" => new(new { displayName = "Another name", language = "en" }),
            "PUT /api/identity/second-factor" => new(new { code = "000000" }),
            "POST /{lang}/account/profile" => new(Fields: new() { ["Input.DisplayName"] = "Another name", ["Input.Language"] = "en" }),
            "POST /{lang}/account/address" => new(Fields: new() { ["Input.Email"] = someone.email }),
            "POST /{lang}/account/password" => new(Fields: new() { ["Input.New"] = "a long enough password" }),
            "POST /{lang}/account/sessions" => new(Query: "id=" + plot.Session("part")),

            "POST /api/rounds" => new(scene.Draft.Charter()),
            "POST /api/rounds/{slug}/phases/{kind}/start" or "POST /api/rounds/{slug}/phases/{kind}/end" => new(reason),
            "POST /{lang}/rounds/{round}/run?handler=Start" or "POST /{lang}/rounds/{round}/run?handler=End" => new(Fields: said, Query: "kind=proposals"),

            "POST /api/proposals/rounds/{round}" or "PUT /api/proposals/rounds/{round}/{number}" => new(TestRound.Content(plot.Firm, 2)),
            "POST /{lang}/rounds/{round}/proposals/new" or "POST /{lang}/rounds/{round}/proposals/{number}/revision" => new(Fields: proposal),
            // Number 1 is published already: who may publish changes nothing.
            "PUT /api/proposals/rounds/{round}/{number}/publication" or "PUT /api/proposals/rounds/{round}/{number}/return" => new(reason, Values: new() { ["number"] = "1" }),
            "POST /{lang}/rounds/{round}/proposals/desk?handler=Publish" or "POST /{lang}/rounds/{round}/proposals/desk?handler=Return" => new(Fields: said, Query: "n=1"),
            "POST /api/proposals/rounds/{round}/import" => new(new { reason = "The matrix asks", proposals = Array.Empty<object>() }),

            "PUT /api/voting/rounds/{round}/ballot" => new(vote),
            "DELETE /api/voting/rounds/{round}/ballot" => new(Query: "as=" + plot.Firm),
            "POST /{lang}/rounds/{round}/ballot" => new(Fields: new() { ["do"] = "cast", ["order"] = "3", ["As"] = plot.Firm.ToString() }),
            "POST /{lang}/rounds/{round}/ballot/withdrawal" => new(Fields: new() { ["As"] = plot.Firm.ToString() }),
            "POST /api/voting/rounds/{round}/close" => new(reason),
            "POST /api/voting/rounds/{round}/withdrawn-proposals" => new(new { number = 3, reason = "The matrix asks" }),
            "POST /api/voting/rounds/{round}/electors" or "POST /api/voting/rounds/{round}/ballots" => new(Array.Empty<object>()),
            "POST /{lang}/rounds/{round}/ballot/desk?handler=Close" or "POST /{lang}/rounds/{round}/ballot/desk?handler=Withdraw" =>
                new(Fields: new(said) { ["Input.Sure"] = "true", ["Input.Number"] = "3" }),
            _ => new(),
        };
    }
}
