using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Discovery.BrowserTests;

/// <summary>Organisations with people who ask, prove, argue and invite: what the pages about mandates show.</summary>
public sealed class MandateScenes
{
    /// <summary>Leads a plant; a colleague asks, another is invited.</summary>
    public required Person Head { get; init; }

    public required Guid Plant { get; init; }

    /// <summary>Somebody with a claim at each stage.</summary>
    public required Person Claimant { get; init; }

    public required Guid ByDomain { get; init; }
    public required Guid ByLetter { get; init; }
    public required Guid ByDocument { get; init; }
    public required Guid Declined { get; init; }
    public required Guid Disputed { get; init; }

    /// <summary>The claims by letter and by document, for officials.</summary>
    public required Guid LetterClaim { get; init; }

    public required Guid DocumentClaim { get; init; }

    /// <summary>A part of the name that all of them have.</summary>
    public const string Name = "Полномочный";

    public required string Invitation { get; init; }
    public required string RefusedInvitation { get; init; }

    public static async Task<MandateScenes> MakeAsync(TheSite site)
    {
        var (head, claimant, other, colleague) = (await Person.NewAsync(site, []), await Person.NewAsync(site, []), await Person.NewAsync(site, []), await Person.NewAsync(site, []));
        using var official = site.As("official");
        using var boss = site.AsVoter(head.Id);
        using var asks = site.AsVoter(claimant.Id);
        using var argues = site.AsVoter(other.Id);
        using var helps = site.AsVoter(colleague.Id);

        var plant = await FirmAsync(official, 1, new { });
        await official.Post($"/api/identity/organisations/{plant}/mandates", new { email = head.Email, displayName = head.Name, role = "head" });
        await AskAsync(helps, plant, "representative");
        var (invitation, refused) = (await InviteAsync(site, boss, plant, "colleague@browser.example"), await InviteAsync(site, boss, plant, "never@browser.example"));
        using (var anybody = site.Anonymous) await anybody.Post($"/api/identity/invitations/{refused}/never");

        var (byDomain, byLetter, byDocument, declined, disputed) = (
            await FirmAsync(official, 2, new { domain = "plant.example" }), await FirmAsync(official, 3, new { frameAddress = "Заречная область\nг. Заречный, ул. Речная, 1" }), await FirmAsync(official, 4, new { }),
            await FirmAsync(official, 5, new { }), await FirmAsync(official, 6, new { }));
        await AskAsync(asks, byDomain, "domain");
        var letter = await AskAsync(asks, byLetter, "letter");
        var document = await AskAsync(asks, byDocument, "document");
        await UploadAsync(asks, document);
        await official.Post($"/api/identity/claims/{await AskAsync(asks, declined, "document")}/decision", new { verify = false, reason = "В доверенности нет подписи руководителя." });
        await UploadAsync(asks, await AskAsync(asks, disputed, "document"));
        await AskAsync(argues, disputed, "document");
        return new()
        {
            Head = head, Plant = plant, Claimant = claimant, ByDomain = byDomain, ByLetter = byLetter, ByDocument = byDocument, Declined = declined, Disputed = disputed,
            LetterClaim = letter, DocumentClaim = document, Invitation = invitation, RefusedInvitation = refused,
        };
    }

    public static async Task<Guid> AskAsync(HttpClient who, Guid organisation, string route) =>
        Guid.Parse((await who.Post($"/api/identity/organisations/{organisation}/claims", new { route, role = "representative", position = "Заместитель директора" })).Text("id")!);

    static async Task<Guid> FirmAsync(HttpClient official, int number, object proofs)
    {
        var name = new { ru = $"ООО «{Name} завод № {number}»", en = $"Mandate Works No. {number}" };
        var id = (await official.Post("/api/identity/organisations", new { name, kind = "firm" })).Text("id")!;
        var form = System.Text.Json.JsonSerializer.SerializeToNode(proofs)!.AsObject();
        form["name"] = System.Text.Json.JsonSerializer.SerializeToNode(name);
        form["kind"] = "firm";
        form["legalForm"] = "ООО";
        form["size"] = "small";
        await official.Put($"/api/identity/organisations/{id}", form);
        return Guid.Parse(id);
    }

    static async Task<string> InviteAsync(TheSite site, HttpClient head, Guid organisation, string email)
    {
        await head.Post($"/api/identity/organisations/{organisation}/invitations", new { email, role = "representative" });
        var token = "";
        await Portal.Until(() => Task.FromResult(site.LettersTo(email).Select(l => Regex.Match(l, @"/invitations/([A-Za-z0-9_-]{43})")).Any(m => m.Success && (token = m.Groups[1].Value) != "")), $"an invitation to {email}");
        return token;
    }

    static async Task UploadAsync(HttpClient who, Guid claim)
    {
        using var paper = new ByteArrayContent("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"u8.ToArray());
        paper.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        await who.PutAsync($"/api/identity/claims/{claim}/evidence?name=Приказ.pdf", paper).Json();
    }
}
