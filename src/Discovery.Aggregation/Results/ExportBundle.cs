using System.Text.Json;
using Discovery.Aggregation.Data;
using Discovery.Contracts.Voting;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Aggregation.Results;

/// <summary>
/// The public bundle (rules 3): rules, list, the chain of leaves, the matrices, and approval sets that occur at least 5 times in their group. No leaf, salt, key or position
/// stands beside a ballot. <c>discovery recount</c> verifies chain, root, matrices and consensus with it, and the shortlist as far as the rows allow.
/// </summary>
internal static class ExportBundle
{
    public const int Fewest = 5;

    public static void Map(IEndpointRouteBuilder rounds) => rounds.MapGet("/{round}/bundle", async (string round, CurrentUser user, AggregationDb db, HttpContext http, CancellationToken ct) =>
    {
        var copy = await db.GetRound(round, ct);
        var outcome = await db.GetOutcome(copy, user, ct);
        var list = await db.Lists.AsNoTracking().SingleAsync(l => l.Round == copy.Id, ct);
        var closing = await db.Closings.AsNoTracking().SingleAsync(c => c.Round == copy.Id, ct);
        var counted = JsonSerializer.Deserialize<CountedBallots>(outcome.Counted, Wire.Json)!;
        var shown = counted.Rows.Where(r => r.Ballots >= Fewest).ToList();

        http.Response.ContentType = "application/json";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{round}-public.json\"";
        await using var json = new Utf8JsonWriter(http.Response.BodyWriter.AsStream());
        json.WriteStartObject();
        json.WriteString("format", "discovery-public-bundle/1");
        json.WriteString("round", round);
        json.WriteString("rules", copy.Charter.Rules);
        json.WriteString("rulesHash", copy.Charter.RulesHash);
        json.WriteString("list", list.List);
        json.WriteString("listHash", list.ListHash);
        json.WriteString("head", closing.Head);
        json.WriteString("merkleRoot", closing.MerkleRoot);
        json.WriteString("r", closing.R);
        json.WriteString("result", outcome.Result);
        json.WriteString("resultHash", outcome.ResultHash);
        json.WritePropertyName("counted");
        JsonSerializer.Serialize(json, counted with { Rows = shown }, Wire.Json);
        json.WriteNumber("withheldBallots", counted.Rows.Where(r => r.Ballots < Fewest).Sum(r => r.Ballots));
        json.WriteStartArray("entries");
        var next = 1L;
        await foreach (var batch in db.Batches.AsNoTracking().Where(b => b.Round == copy.Id).OrderBy(b => b.First).ThenByDescending(b => b.Last).AsAsyncEnumerable().WithCancellation(ct))
        {
            foreach (var entry in JsonSerializer.Deserialize<List<LedgerRecord>>(batch.Entries, Wire.Json)!.Where(e => e.Sequence == next))
            {
                json.WriteStartObject();
                json.WriteNumber("sequence", entry.Sequence);
                json.WriteString("kind", entry.Kind);
                json.WriteString("leaf", Convert.ToHexStringLower(entry.Leaf));
                json.WriteEndObject();
                next++;
            }
            if (json.BytesPending > 1 << 16) await json.FlushAsync(ct);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    });
}
