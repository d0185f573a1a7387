using System.ServiceModel.Syndication;
using Discovery.Contracts.Rounds;
using Discovery.Rounds.Data;
using Discovery.Site;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Feeds;

/// <summary>News of one round, of a region or of the whole portal as an Atom feed (RFC 4287), in the language of the page. Nothing in it depends on who asks.</summary>
internal static class GetFeed
{
    const int MostEntries = 50;

    /// <param name="Slug">One round; null: all but replays of elections elsewhere, or those of <paramref name="Region"/>.</param>
    /// <param name="Site">Where readers find the portal: <c>https://portal.example</c>.</param>
    public sealed record Query(string? Slug, string? Region, Uri Site) : IRequest<Document>;

    /// <param name="UpdatedAt">Of the latest entry.</param>
    public sealed record Document(byte[] Xml, DateTimeOffset UpdatedAt);

    public sealed class Handler(RoundsDb db, Words<Texts> text, When when) : IRequestHandler<Query, Document>
    {
        public async Task<Document> Handle(Query query, CancellationToken ct)
        {
            var copy = query.Slug is null ? null : await db.GetRound(query.Slug, ct);
            var rounds = await db.Whole.AsNoTracking().Where(r => r.PublishedAt != null
                && (copy != null ? r.Id == copy.Id : query.Region != null ? r.Region == query.Region : r.Origin != Origins.Import)).ToListAsync(ct);
            var copies = await db.Copies.AsNoTracking().Where(c => c.CharterJson != null).ToDictionaryAsync(c => c.Id, ct);
            var events = rounds.SelectMany(RoundEvent.Of).OrderByDescending(e => e.At).Take(MostEntries).ToList();
            var updated = events.Count > 0 ? events[0].At : DateTimeOffset.UnixEpoch;
            var region = query.Region is null || rounds.Count == 0 ? null : rounds[0].Plan.Region!.Name.Here();

            var name = copy is not null ? $"{copy.Charter.Title.Here()} · {copy.Region.Name.Here()}" : region ?? text["site.name"];
            var page = copy is not null ? Places.Round(copy.Slug) : query.Region is null ? Places.Rounds : $"{Places.Rounds}?region={Uri.EscapeDataString(query.Region)}";
            var own = copy is not null ? Places.RoundFeed(copy.Slug) : query.Region is null ? Places.Feed : $"{Places.Feed}?region={Uri.EscapeDataString(query.Region)}";
            var feed = new SyndicationFeed(name, copy?.Charter.Question.Here() ?? text["rounds.feed.about"], null)
            {
                Id = FeedDocument.Tag(query.Site, copy is not null ? $"rounds/{copy.Id:N}" : query.Region is null ? "rounds" : $"regions/{query.Region}"),
                LastUpdatedTime = updated,
                Language = Lang.Current,
                Items = [.. events.Select(e => Entry(e, copies.GetValueOrDefault(e.Round.Id), copy is null, query.Site))],
            };
            feed.Authors.Add(new SyndicationPerson { Name = copy?.Region.Name.Here() ?? region ?? text["site.name"] });
            return new(FeedDocument.Write(feed, query.Site, own, page), updated);
        }

        SyndicationItem Entry(RoundEvent e, RoundCopy? copy, bool many, Uri site)
        {
            var phase = e.Phase is null ? "" : text["phase." + e.Phase];
            var said = text["rounds.feed." + e.Kind, phase];
            var summary = e.Kind switch
            {
                "listed" => text.Plural("rounds.feed.listed.text", e.Number ?? 0),
                "closed" => text.Plural("rounds.feed.closed.text", e.Number ?? 0),
                "started" when e.Round.Phases.Find(p => p.Kind == e.Phase) is { } p => text["rounds.feed.started.text", when.Moment(p.Ends, copy)],
                "amended" => text["rounds.feed.amended.text", e.Reason!],
                "resumed" => text["rounds.feed.resumed.text", e.Reason!],
                "paused" => text["rounds.feed.paused.text", e.Reason!],
                "published" => e.Round.Plan.Question.Here(),
                _ => text["rounds.feed.ended.text", when.Moment(e.At, copy)],
            };
            if (e is { Reason: not null, Phase: not null }) summary += " " + text["rounds.phase.by-hand", e.Reason];
            var place = e.Kind switch { "closed" => Places.Results(e.Round.Slug), "listed" => Places.BallotList(e.Round.Slug), _ => Places.Round(e.Round.Slug) };
            return new SyndicationItem
            {
                Id = FeedDocument.Tag(site, $"rounds/{e.Round.Id:N}/{e.Key}"),
                Title = new TextSyndicationContent(many ? $"{e.Title.Here()}: {said}" : said),
                Summary = new TextSyndicationContent(summary),
                PublishDate = e.At,
                LastUpdatedTime = e.At,
                Links = { SyndicationLink.CreateAlternateLink(new Uri(site, place), "text/html") },
            };
        }
    }
}
