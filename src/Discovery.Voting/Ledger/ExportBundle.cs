using System.Text.Json;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Site;
using Discovery.Voting.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Ledger;

/// <summary>
/// The auditor's bundle: rules, list, every entry with its salt, the seal and the published result. Only it joins leaves to ballots (rules 3);
/// <c>discovery recount</c> verifies it without a server.
/// </summary>
internal static class ExportBundle
{
    public static void Map(IEndpointRouteBuilder rounds) => rounds.MapGet("/{round}/bundle", async (string round, CurrentUser user, VotingDb db, HttpContext http, CancellationToken ct) =>
    {
        var copy = await db.GetRound(round, ct);
        if (!user.Is(Roles.Auditor, copy.Region.Slug) && !(user.IsTool && copy.Charter.Origin != Contracts.Rounds.Origins.Live)) throw new RuleBroken("denied.auditor") { Status = 403 };
        if (await db.Heads.AsNoTracking().SingleOrDefaultAsync(h => h.Round == copy.Id && h.SealedAt != null, ct) is not { } head) throw new RuleBroken("voting.notsealed");
        var list = await db.Lists.AsNoTracking().SingleAsync(l => l.Round == copy.Id, ct);
        var result = await db.Results.AsNoTracking().SingleOrDefaultAsync(r => r.Round == copy.Id, ct);

        http.Response.ContentType = "application/json";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{round}-auditor.json\"";
        http.Response.Headers.CacheControl = "no-store";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter.AsStream());
        json.WriteStartObject();
        json.WriteString("format", "discovery-auditor-bundle/1");
        json.WriteString("round", round);
        json.WriteString("rules", copy.Charter.Rules);
        json.WriteString("rulesHash", copy.Charter.RulesHash);
        json.WriteString("list", list.List);
        json.WriteString("listHash", list.ListHash);
        json.WriteString("head", Canonical.Hex(head.Hash));
        json.WriteString("merkleRoot", head.MerkleRoot);
        json.WriteString("r", head.R);
        json.WriteString("result", result?.Result);
        json.WriteString("resultHash", result?.ResultHash);
        json.WriteStartArray("entries");
        await foreach (var entry in db.Ledger.AsNoTracking().Where(e => e.Round == copy.Id).OrderBy(e => e.Sequence).AsAsyncEnumerable().WithCancellation(ct))
        {
            JsonSerializer.Serialize(json, new BundleEntry(entry.Sequence, entry.Kind, Canonical.Hex(entry.Leaf), Canonical.Hex(entry.Salt), entry.Payload), Wire.Json);
            if (json.BytesPending > 1 << 16) await json.FlushAsync(ct);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }).RequireAuthorization();

    sealed record BundleEntry(long Sequence, string Kind, string Leaf, string Salt, string Payload);
}
