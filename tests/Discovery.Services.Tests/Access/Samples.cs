using System.Net.Http.Json;

namespace Discovery.ServicesTests.Access;

/// <summary>What an endpoint is called with: values for the parameters of its path, and a body that is good enough to be judged by who sends it.</summary>
internal static class Samples
{
    /// <param name="Body">JSON for the API; null is an empty object; bytes are a file.</param>
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
        if (sample.Body is byte[] file) return new ByteArrayContent(file) { Headers = { ContentType = new(file[0] == '%' ? "application/pdf" : "text/plain") } };
        return endpoint.Method == "DELETE" && sample.Body is null ? null : JsonContent.Create(sample.Body ?? new { });
    }

    static string? Value(Scene scene, Plot plot, string role, Endpoint endpoint, string name) => name switch
    {
        "lang" => "en",
        "status" => "404",
        "documentName" => endpoint.Pattern.Contains("/openapi/", StringComparison.Ordinal) ? endpoint.Pattern.Split('/')[2] : "identity",
        "round" or "slug" => RoundOf(scene, endpoint).Slug,
        "kind" => "proposals",
        "part" => "people",
        "draft" => plot.Draft.ToString(),
        "file" => plot.File.ToString(),
        "item" => scene.Waiting.ToString(),
        "content" => (endpoint.Pattern.Contains("report", StringComparison.Ordinal) ? scene.Shown : scene.Waiting).ToString(),
        "batch" => (endpoint.Pattern.Contains("/moderation", StringComparison.Ordinal) ? Guid.Empty : scene.Batch).ToString(),
        "amendment" => scene.Amendment.ToString(),
        "merge" => scene.Merge.ToString(),
        "number" => endpoint.Pattern.Contains("/results", StringComparison.Ordinal) ? "3" : "2",
        "code" when endpoint.Pattern.Contains("/receipts/", StringComparison.Ordinal) => scene.Receipt.Replace(' ', '-'),
        "token" => plot.InvitationToken,
        "role" => scene.Open.Slug + ":moderator",
        "id" when InCommunity(endpoint) => plot.Community.ToString(),
        "id" when endpoint.Pattern.EndsWith("/organisations/{id}/dispute", StringComparison.Ordinal) => plot.Disputed.ToString(),
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

    static bool InCommunity(Endpoint endpoint) => new[] { "/members", "/membership", "/join" }.Any(part => endpoint.Pattern.Contains("/organisations/{id}" + part, StringComparison.Ordinal));

    // Where hiding matters most: what waits for publication, an open vote, a result that is not published.
    static TestRound RoundOf(Scene scene, Endpoint endpoint) => endpoint.Pattern switch
    {
        var p when p.Contains("/results", StringComparison.Ordinal) || p.StartsWith("/api/aggregation", StringComparison.Ordinal) => scene.Counted,
        // Asked of a vote that has ended: who may is told so, and nothing changes.
        var p when p.EndsWith("/close", StringComparison.Ordinal) || p.EndsWith("/withdrawn-proposals", StringComparison.Ordinal) || (p.EndsWith("/ballot/desk", StringComparison.Ordinal) && !endpoint.IsSafe) => scene.Counted,
        var p when p.EndsWith("/voting/rounds/{round}/bundle", StringComparison.Ordinal) => scene.Counted,
        // A charter that is still written. What would stop an open round is asked of it too: who may is told that it has not begun.
        var p when p.Contains("/run/ready", StringComparison.Ordinal) || p.Contains("/run/charter", StringComparison.Ordinal) || p.EndsWith("/readiness", StringComparison.Ordinal) => scene.Draft,
        var p when p == "/api/rounds/{slug}" && endpoint.Method == "PUT" => scene.Draft,
        var p when p.StartsWith("/api/rounds/{slug}/", StringComparison.Ordinal) && (p.EndsWith("/pause", StringComparison.Ordinal) || p.EndsWith("/resume", StringComparison.Ordinal) || p.EndsWith("/amendments", StringComparison.Ordinal)) => scene.Draft,
        var p when p.Contains("/merges", StringComparison.Ordinal) => scene.Merged,
        var p when p.Contains("/proposals", StringComparison.Ordinal) || p.Contains("/moderation", StringComparison.Ordinal) => scene.Collecting,
        _ => scene.Open,
    };

    static Sample Of(Scene scene, Plot plot, Endpoint endpoint)
    {
        object reason = new { reason = "The matrix asks" };
        Dictionary<string, string> one = new() { ["number"] = "1" };
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
            "POST /{lang}/subscribe" => new(Fields: new() { ["Input.Email"] = someone.email, ["Input.Region"] = "*", ["Input.Agrees"] = "true" }),
            "PUT /api/identity/account" => new(new { displayName = "Another name", language = "en" }),
            "PUT /api/identity/second-factor" => new(new { code = "000000" }),
            "POST /{lang}/account/profile" => new(Fields: new() { ["Input.DisplayName"] = "Another name", ["Input.Language"] = "en" }),
            "POST /{lang}/account/address" => new(Fields: new() { ["Input.Email"] = someone.email }),
            "POST /{lang}/account/password" => new(Fields: new() { ["Input.New"] = "a long enough password" }),
            "POST /{lang}/account/sessions" => new(Query: "id=" + plot.Session("part")),

            "POST /api/identity/organisations/{id}/claims" => new(new { route = "document", role = "representative", position = "Director" }),
            "PUT /api/identity/organisations/{id}" => new(new { name = new { en = $"Another {plot.Firm:N}" }, kind = "firm" }),
            "POST /api/identity/organisations/{id}/dispute" or "POST /api/identity/organisations/{id}/liquidation" or "POST /api/identity/organisations/{id}/liquidation/undo" => new(reason),
            "POST /api/identity/organisations/{id}/invitations" or "POST /api/identity/invitations/{token}/forward" => new(someone),
            "POST /api/identity/invitations/{token}/accept" => new(new { id = plot.Code, code = "000000", someone.displayName, agrees = true }),
            "POST /api/identity/claims/{id}/decision" => new(new { verify = false, reason = "The matrix asks" }),
            "POST /api/identity/claims/{id}/domain" => new(new { address = someone.email }),
            "POST /api/identity/claims/{id}/domain/code" or "POST /api/identity/claims/{id}/letter/code" => new(new { id = plot.Code, code = "000000" }),
            "PUT /api/identity/claims/{id}/evidence" => new("%PDF-1.4\n%%EOF\n"u8.ToArray()),
            "POST /{lang}/organisations/claims/{id}" => new(Fields: new(said) { ["Input.Verify"] = "false" }),
            "POST /{lang}/organisations/{id}/dispute" => new(Fields: said),
            "POST /{lang}/organisations/{id}/edit" => new(Fields: new() { ["Input.Name[en]"] = $"Another {plot.Firm:N}", ["Input.Kind"] = "firm" }),
            "POST /{lang}/organisations/{id}/claim" => new(Fields: new() { ["Ask.Route"] = "document", ["Ask.Role"] = "representative", ["Ask.Position"] = "Director" }),
            "POST /{lang}/organisations/{id}?handler=Invite" => new(Fields: new() { ["Input.Email"] = someone.email, ["Input.Role"] = "representative" }),
            "POST /{lang}/organisations/{id}?handler=Decide" => new(Fields: new() { ["Decision.Verify"] = "false", ["Decision.Reason"] = "The matrix asks" }, Query: "claim=" + plot.Claim),
            "POST /{lang}/organisations/{id}?handler=RevokeInvitation" => new(Query: "invitation=" + plot.Invitation),
            "POST /{lang}/organisations/{id}?handler=Liquidate" or "POST /{lang}/organisations/{id}?handler=Restore" => new(Query: "reason=The+matrix+asks"),
            "POST /{lang}/organisations/invitations/{token}?handler=Forward" => new(Fields: new() { ["Colleague.Email"] = someone.email }),

            "POST /api/identity/organisations/{id}/members/requests" => new(new { people = new[] { plot.Person("othr") }, confirm = true, reason = "The matrix asks" }),
            "POST /api/identity/organisations/{id}/members/codes" => new(new { count = 2 }),
            "POST /api/identity/organisations/{id}/members/{person}/removal" => new(reason),
            "POST /api/identity/organisations/{id}/members/list" => new("somebody@matrix.example\n"u8.ToArray()),
            "POST /api/identity/organisations/{id}/membership/code" => new(new { code = "AAAAAAAAAA" }),
            "POST /{lang}/organisations/{id}/members?handler=List" => new(Fields: new() { ["Input.Text"] = "somebody@matrix.example" }),
            "POST /{lang}/organisations/{id}/members?handler=Codes" => new(Fields: new() { ["Input.Count"] = "2" }),
            "POST /{lang}/organisations/{id}/members?handler=Confirm" or "POST /{lang}/organisations/{id}/members?handler=Decline" => new(Fields: new(said) { ["Input.People"] = plot.Person("othr").ToString() }),
            "POST /{lang}/organisations/{id}/members?handler=Remove" => new(Fields: said, Query: "remove=" + plot.Person("part")),
            "POST /api/identity/account/act-for" => new(new { organisation = plot.Firm }),
            "POST /{lang}/account/act-for" => new(Fields: new() { ["Choice"] = plot.Firm.ToString() }),
            "POST /api/identity/account/tokens" => new(new { name = "Program", organisation = plot.Firm, scopes = new[] { "*/rounds:read" }, expiresOn = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(7)) }),
            "POST /{lang}/account/tokens" => new(Fields: new() { ["Input.Name"] = "Program", ["Input.Owner"] = plot.Firm.ToString(), ["Input.Region"] = "*", ["Input.Scopes"] = "rounds:read", ["Input.ExpiresOn"] = DateTime.UtcNow.AddDays(7).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) }),
            "POST /{lang}/account/tokens?handler=Revoke" => new(Query: "token=" + plot.ApiToken),

            "PUT /api/identity/people/{id}/block" => new(reason),
            "POST /api/identity/me/erasure" => new(new { id = plot.Code, code = "000000" }),
            "POST /{lang}/people/{id}?handler=Grant" => new(Fields: new(said) { ["Input.Role"] = "moderator", ["Input.Region"] = scene.Open.Slug }),
            "POST /{lang}/people/{id}?handler=Remove" => new(Query: $"role={scene.Open.Slug}:moderator"),
            "POST /{lang}/people/{id}?handler=Block" => new(Fields: said),
            "POST /{lang}/people/new" => new(Fields: new() { ["Input.Email"] = someone.email, ["Input.DisplayName"] = someone.displayName, ["Role"] = "none" }),

            "POST /api/rounds" or "PUT /api/rounds/{slug}" => new(scene.Draft.Charter()),
            "POST /api/rounds/{slug}/pause" or "POST /api/rounds/{slug}/resume" or "POST /api/rounds/{slug}/amendments" => new(reason),
            "POST /api/rounds/{slug}/phases/{kind}/start" or "POST /api/rounds/{slug}/phases/{kind}/end" => new(reason),
            "PUT /api/rounds/{slug}/wheel/{factor}" => new(new { score = 3, comment = "The matrix asks", revision = 0 }, Values: new() { ["factor"] = "assets" }),
            "POST /{lang}/rounds/{round}/run/wheel" => new(Fields: new() { ["Input.Score"] = "3", ["Input.Comment"] = "The matrix asks", ["Input.Revision"] = "0" }, Query: "factor=outward"),
            "POST /{lang}/rounds/{round}/run?handler=Start" or "POST /{lang}/rounds/{round}/run?handler=End" => new(Fields: said, Query: "kind=proposals"),

            "POST /api/proposals/rounds/{round}" or "PUT /api/proposals/rounds/{round}/{number}" => new(TestRound.Content(plot.Firm, 2)),
            "GET /api/proposals/rounds/{round}/similar" => new(Query: "title=Enough+words&summary=about+a+proposal&lang=en"),
            "POST /{lang}/rounds/{round}/proposals/new" => new(Fields: proposal),
            // A draft that is not there: nobody's is sent.
            "POST /{lang}/rounds/{round}/proposals/new?handler=Send" => new(Fields: new(proposal) { ["Draft"] = Guid.Empty.ToString() }),
            "PUT /api/proposals/rounds/{round}/drafts/{draft}/files" => new(Identity.Pictures.Png(null)),
            // There is none that is theirs.
            "PUT /api/proposals/rounds/{round}/{number}/annex" => new(new { text = "The matrix asks" }),
            "POST /{lang}/rounds/{round}/proposals/{number}/annex" or "POST /{lang}/rounds/{round}/proposals/{number}/annex?handler=Find" => new(Fields: new() { ["Input.Text"] = "The matrix asks" }),
            // Nobody was drawn: to whoever asks there is no such review.
            "PUT /api/proposals/rounds/{round}/{number}/review" => new(new { novelty = 1, market = 1, stake = 1, spillOver = 1 }),
            "POST /{lang}/rounds/{round}/proposals/reviews" => new(Fields: new() { ["Input.Novelty"] = "1", ["Input.Market"] = "1", ["Input.Stake"] = "1", ["Input.SpillOver"] = "1" }, Query: "n=1"),
            // Somebody else's, and published.
            "PUT /api/proposals/rounds/{round}/{number}/endorsement" => new(new { organisation = plot.Firm }, Values: new() { ["number"] = "1" }),
            "DELETE /api/proposals/rounds/{round}/{number}/endorsement" => new(Values: new() { ["number"] = "1" }, Query: "as=" + plot.Firm),
            "POST /{lang}/rounds/{round}/proposals/{number}?handler=Endorse" or "POST /{lang}/rounds/{round}/proposals/{number}?handler=TakeBack" => new(Fields: new() { ["Input.Organisation"] = plot.Firm.ToString() }, Values: new() { ["number"] = "1" }),
            "DELETE /api/proposals/rounds/{round}/drafts/{draft}" => new(Values: new() { ["draft"] = plot.Discarded.ToString() }),
            // Of others and published; whoever may ask has read a version that is not there, and nothing changes.
            "PUT /api/proposals/rounds/{round}/{number}/content" => new(Proposals.Changing.Content(1, "Enough words for the summary of a proposal", 99), Values: one),
            "POST /{lang}/rounds/{round}/proposals/{number}/edit" => new(Fields: new(proposal) { ["Input.BaseVersion"] = "99" }, Values: one),
            "POST /api/proposals/rounds/{round}/{number}/amendments" => new(new { reason = "The matrix asks", baseVersion = 99, organisation = plot.Firm }, Values: one),
            "POST /{lang}/rounds/{round}/proposals/{number}/amendments/new" => new(Fields: new(said) { ["Input.BaseVersion"] = "99", ["Input.Organisation"] = plot.Firm.ToString() }, Values: one),
            "PUT /api/proposals/rounds/{round}/{number}/amendments/{amendment}" => new(new { accepts = true }, Values: one),
            "DELETE /api/proposals/rounds/{round}/{number}/amendments/{amendment}" => new(Values: one),
            "POST /{lang}/rounds/{round}/proposals/{number}/amendments?handler=Accept" or "POST /{lang}/rounds/{round}/proposals/{number}/amendments?handler=Refuse" or "POST /{lang}/rounds/{round}/proposals/{number}/amendments?handler=Withdraw" => new(Fields: said, Values: one, Query: "id=" + scene.Amendment),
            "PUT /api/proposals/rounds/{round}/{number}/withdrawal" => new(reason, Values: one),
            "POST /{lang}/rounds/{round}/proposals/{number}/withdraw" => new(Fields: said, Values: one),
            // It is the author already.
            "POST /api/proposals/rounds/{round}/{number}/co-authors" => new(new { organisation = plot.Firm }),
            "POST /{lang}/rounds/{round}/proposals/{number}/co-authors?handler=Invite" => new(Fields: new() { ["Input.Organisation"] = plot.Firm.ToString() }),
            "POST /{lang}/rounds/{round}/proposals/{number}/co-authors?handler=Accept" or "POST /{lang}/rounds/{round}/proposals/{number}/co-authors?handler=Refuse" or "POST /{lang}/rounds/{round}/proposals/{number}/co-authors?handler=End" => new(Query: "organisation=" + plot.Firm),
            "POST /api/proposals/rounds/{round}/merges" => new(new { with = new[] { 1, 2 }, lead = 1, baseVersion = 99, reason = "The matrix asks" }),
            "POST /{lang}/rounds/{round}/proposals/merges/new" => new(Fields: new(said) { ["Input.With[0]"] = "1", ["Input.With[1]"] = "2", ["Input.Lead"] = "1", ["Input.BaseVersion"] = "99" }),
            "PUT /api/proposals/rounds/{round}/merges/{merge}/answer" => new(new { agrees = true }),
            "PUT /api/proposals/rounds/{round}/merges/{merge}/undo" => new(reason),
            "PUT /api/proposals/rounds/{round}/merges/{merge}/support" => new(new { organisation = plot.Firm, keeps = true }),
            "POST /{lang}/rounds/{round}/proposals/merges/{merge}?handler=Refuse" => new(Fields: said),
            "POST /{lang}/rounds/{round}/proposals/merges/{merge}?handler=Undo" => new(Fields: new() { ["Undo.Reason"] = "The matrix asks" }),
            "POST /{lang}/rounds/{round}/proposals/merges/{merge}?handler=Support" => new(Fields: new() { ["Move.Organisation"] = plot.Firm.ToString(), ["Move.Keeps"] = "true" }),
            "POST /api/proposals/rounds/{round}/imports" => new("title_ru,sector\nmatrix,agro\n"u8.ToArray(), Query: "reason=The+matrix+asks"),
            "POST /api/proposals/rounds/{round}/imports/{batch}/entry" => new(new { hash = "" }),
            "PUT /api/proposals/rounds/{round}/catalogue" => new("region,priority\nA,B\n"u8.ToArray()),
            "POST /{lang}/rounds/{round}/proposals/import" => new(Fields: new() { ["Input.Reason"] = "The matrix asks" }),
            "POST /{lang}/rounds/{round}/proposals/import/{batch}?handler=Enter" => new(Fields: new() { ["Input.Hash"] = "" }),
            "POST /api/proposals/rounds/{round}/import" => new(new { reason = "The matrix asks", proposals = Array.Empty<object>() }),

            // An answer to an appeal where there is none: who may decide is told so, and nothing changes.
            "POST /api/moderation/rounds/{round}/cases/{item}/decision" => new(new { decision = "grant", text = "The matrix asks" }),
            "POST /{lang}/rounds/{round}/moderation?handler=Decide" => new(Fields: new() { ["Input.Decision"] = "grant", ["Input.Text"] = "The matrix asks" }, Query: "case=" + scene.Waiting),
            "POST /{lang}/rounds/{round}/moderation?handler=Claim" or "POST /{lang}/rounds/{round}/moderation?handler=Release" or "POST /{lang}/rounds/{round}/moderation?handler=Assign" => new(Query: "case=" + scene.Waiting),
            // Words that nobody has read yet: the case is left out.
            "POST /api/moderation/rounds/{round}/decisions" => new(new { cases = new[] { $"{scene.Waiting}:99" }, decision = "publish" }),
            "POST /{lang}/rounds/{round}/moderation/several" => new(Fields: new() { ["Input.Cases"] = $"{scene.Waiting}:99", ["Input.Decision"] = "publish" }),
            "POST /{lang}/rounds/{round}/moderation/several?handler=Undo" => new(Query: "batch=" + Guid.Empty),
            "POST /api/moderation/rounds/{round}/contents/{content}/appeal" => new(new { text = "The matrix asks" }),
            "POST /{lang}/rounds/{round}/moderation/decisions/{content}" => new(Fields: new() { ["Input.Text"] = "The matrix asks" }),
            "POST /api/moderation/rounds/{round}/contents/{content}/reports" => new(new { reason = "other", text = "The matrix asks" }),
            "POST /{lang}/rounds/{round}/moderation/report/{content}" => new(Fields: new() { ["Input.Reason"] = "other", ["Input.Text"] = "The matrix asks" }),
            // Not the firm: who is tied to it may not decide on its proposal.
            "POST /api/moderation/rounds/{round}/interests" => new(new { organisation = plot.Community, kind = "tie" }),
            "POST /{lang}/rounds/{round}/moderation/interests?handler=Declare" => new(Fields: new() { ["Input.Organisation"] = plot.Community.ToString(), ["Input.Kind"] = "tie" }),
            "POST /{lang}/rounds/{round}/moderation/interests?handler=Withdraw" => new(Query: "organisation=" + plot.Community),

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
