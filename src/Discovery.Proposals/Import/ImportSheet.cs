using System.Globalization;
using Discovery.Contracts;
using Discovery.Platform.Tables;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Search;
using Discovery.Proposals.Similar;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Import;

/// <summary>Rows of an uploaded table as proposals. The columns are those of the export; what is not in the file stays empty, but for title, summary, sector and organisation.</summary>
internal static class ImportSheet
{
    /// <summary>What of a form must be answered, and an older list may lack.</summary>
    static readonly string[] MayBeMissing = [nameof(Content.Today), nameof(Content.Market), nameof(Content.Strengths), nameof(Content.Kind), nameof(Content.Mode), nameof(Content.Track), nameof(Content.Horizon)];

    /// <summary>Columns of our own files that say nothing about what is proposed.</summary>
    static readonly string[] Ignored = ["number", "organisation_name", "published_at", "voices", "seat", "rank"];

    public static readonly IReadOnlyList<string> Columns =
        ["organisation", .. ExportProposals.Texts.SelectMany(t => Lang.All.Select(lang => $"{t.Name}_{lang}")), "sector", "also", "municipality", "type", "mode", "track", "horizon", "science", .. ExportProposals.Sets.Select(s => s.Name)];

    /// <param name="Faults">Nothing is entered while there is one.</param>
    /// <param name="Alike">Nothing stands in the way, but somebody should look.</param>
    public sealed record Reading(IReadOnlyList<Item> Items, IReadOnlyList<TableFault> Faults, IReadOnlyList<Likeness> Alike);

    public sealed record Item(int Row, Content Content, Guid Organisation);

    /// <param name="Number">Of the published proposal.</param>
    public sealed record Likeness(int Row, Text Title, int Number, Text Of);

    public static async Task<Reading> ReadAsync(ProposalsDb db, PublishedProposals published, byte[] file, TimeProvider clock, CancellationToken ct)
    {
        var table = TableFile.Read(file);
        var faults = table.Faults.ToList();
        faults.AddRange(table.Columns.Where(c => c.Length > 0 && !Columns.Contains(c) && !Ignored.Contains(c) && !c.StartsWith("support_", StringComparison.Ordinal)).Select(c => new TableFault(0, c, "proposals.import.column")));
        if (table.Rows.Count > 0) faults.AddRange(new[] { "organisation", "sector" }.Where(c => !table.Columns.Contains(c)).Select(c => new TableFault(0, c, "proposals.import.no-column")));

        var organisations = await OrganisationsAsync(db, [.. table.Rows.Select(r => Key(r["organisation"]))], ct);
        var (items, rules) = (new List<Item>(), new ContentRules(clock));
        foreach (var row in table.Rows)
        {
            var content = ContentOf(row, faults).Cleaned();
            var wrong = (await rules.ValidateAsync(content, ct)).Errors.Where(e => !(MayBeMissing.Contains(e.PropertyName) && IsEmpty(row, e.PropertyName)));
            faults.AddRange(wrong.Select(e => new TableFault(row.Number, Column(e.PropertyName), e.ErrorMessage)));
            if (content.Municipality is { } cell && published.Round.Region.Cells.All(c => c.Key != cell)) faults.Add(new(row.Number, "municipality", "proposals.municipality.unknown"));
            var found = organisations.GetValueOrDefault(Key(row["organisation"])) ?? [];
            if (found.Count == 1) items.Add(new(row.Number, content, found[0]));
            else faults.Add(new(row.Number, "organisation", found.Count == 0 ? "proposals.import.organisation" : "proposals.import.organisations"));
        }
        await FindTwiceAsync(db, published.Round.Id, items, faults, ct);
        return new(items, [.. faults.OrderBy(f => f.Row)], [.. Alike(published, items)]);
    }

    static Content ContentOf(TableRow row, List<TableFault> faults)
    {
        Text Text(string name)
        {
            var text = new Text();
            foreach (var lang in Lang.All)
                if (row[$"{name}_{lang}"] is { Length: > 0 } said) text[lang] = said;
            return text;
        }
        List<string> Set(string name) => [.. row[name].Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
        int? horizon = null;
        if (row["horizon"] is { Length: > 0 } year)
        {
            if (int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) horizon = whole;
            else faults.Add(new(row.Number, "horizon", "proposals.horizon.range"));
        }
        return new()
        {
            Title = Text("title"), Summary = Text("summary"), Today = Text("today"), Market = Text("market"), Strengths = Text("strengths"),
            Sector = row["sector"], Also = row["also"], Municipality = row["municipality"], Kind = row["type"], Mode = row["mode"], Track = row["track"], Horizon = horizon,
            Details = new()
            {
                Contribution = Text("contribution"), WithoutSupport = Text("without_support"), Different = Text("different"), Combines = Text("combines"), NeedsText = Text("needs_text"), OffersText = Text("offers_text"),
                Science = row["science"], Activities = Set("activities"), Technologies = Set("technologies"), Clusters = Set("clusters"), Regions = Set("regions"), Partners = Set("partners"),
                Needs = Set("needs"), Offers = Set("offers"), Keywords = Set("keywords"),
            },
        };
    }

    /// <summary>By id or by exact name, in any language; only those in whose name somebody may act.</summary>
    static async Task<Dictionary<string, List<Guid>>> OrganisationsAsync(ProposalsDb db, HashSet<string> asked, CancellationToken ct)
    {
        var found = new Dictionary<string, List<Guid>>();
        if (asked.Count == 0) return found;
        // Names lie in JSON of all languages: no index finds them, and this is read seldom.
        await foreach (var organisation in db.Organisations.AsNoTracking().Where(o => o.MayAct).Select(o => new { o.Id, o.Name }).AsAsyncEnumerable().WithCancellation(ct))
            foreach (var key in organisation.Name.Values.Select(Key).Append(Key(organisation.Id.ToString())).Distinct().Where(asked.Contains))
            {
                if (!found.TryGetValue(key, out var ids)) found[key] = ids = [];
                ids.Add(organisation.Id);
            }
        return found;
    }

    static async Task FindTwiceAsync(ProposalsDb db, Guid round, List<Item> items, List<TableFault> faults, CancellationToken ct)
    {
        var known = new Dictionary<string, int>();
        foreach (var p in await db.Proposals.AsNoTracking().Where(p => p.Round == round).Select(p => new { p.Number, p.Content.Title }).ToListAsync(ct))
            foreach (var title in p.Title.Values) known.TryAdd(Key(title), p.Number);
        var before = new Dictionary<string, int>();
        foreach (var item in items)
            foreach (var title in item.Content.Title.Values.Select(Key).Distinct())
                if (known.TryGetValue(title, out var number)) faults.Add(new(item.Row, "title", "proposals.import.known", number));
                else if (!before.TryAdd(title, item.Row) && before[title] != item.Row) faults.Add(new(item.Row, "title", "proposals.import.twice", before[title]));
    }

    static IEnumerable<Likeness> Alike(PublishedProposals published, IReadOnlyList<Item> items)
    {
        foreach (var item in items)
        {
            var best = item.Content.Title.Keys.Where(published.Similar.ContainsKey)
                .SelectMany(lang => published.Similar[lang].Find(item.Content.Title[lang], item.Content.Summary.GetValueOrDefault(lang, ""), FindSimilar.Threshold, 1)).OrderByDescending(f => f.Score).Take(1);
            foreach (var (number, _) in best) yield return new(item.Row, item.Content.Title, number, published.All.First(p => p.Number == number).Title);
        }
    }

    static string Key(string text) => PlainText.Searchable(text);

    static bool IsEmpty(TableRow row, string property) => row.Cells.All(c => c.Key != Column(property) && !c.Key.StartsWith(Column(property) + "_", StringComparison.Ordinal));

    /// <summary>Of a property's fault: <c>Details.Needs</c> is the column <c>needs</c>.</summary>
    static string Column(string property) => property.Split('.')[^1] switch
    {
        nameof(Content.Kind) => "type",
        nameof(Details.WithoutSupport) => "without_support",
        nameof(Details.NeedsText) => "needs_text",
        nameof(Details.OffersText) => "offers_text",
        var name => name.Split('[')[0].ToLowerInvariant(),
    };
}
