using System.ServiceModel.Syndication;
using Discovery.Proposals.Data;
using Discovery.Proposals.Search;
using Discovery.Site;
using MediatR;

namespace Discovery.Proposals.Proposals;

/// <summary>What was published last in a round as an Atom feed, with the same filters as the list: <c>?sector=agro</c> is the feed of a sector. Nothing in it depends on who asks.</summary>
internal static class GetProposalsFeed
{
    const int MostEntries = 50;

    /// <param name="Site">Where readers find the portal.</param>
    /// <param name="Asked">The filter as it stands in the address: part of the feed's id.</param>
    public sealed record Query(string Round, Filter Filter, Uri Site, string Asked) : IRequest<Document>;

    /// <param name="UpdatedAt">Of the latest entry.</param>
    public sealed record Document(byte[] Xml, DateTimeOffset UpdatedAt);

    public sealed class Handler(ProposalsDb db, PublishedLists lists, Words<Texts> text) : IRequestHandler<Query, Document>
    {
        public async Task<Document> Handle(Query query, CancellationToken ct)
        {
            var published = await lists.OfAsync(db, query.Round, ct);
            var round = published.Round;
            var newest = Selection.Of(published, query.Filter, 1).Found.OrderByDescending(p => p.PublishedAt).ThenByDescending(p => p.Number).Take(MostEntries).ToList();
            var updated = newest.Count > 0 ? newest[0].PublishedAt : DateTimeOffset.UnixEpoch;
            var sectors = string.Join(", ", (query.Filter.Sector ?? []).Where(Choices.Sectors.Contains).Select(s => text["sector." + s]));
            var feed = new SyndicationFeed($"{text["proposals.title"]}{(sectors.Length > 0 ? ": " + sectors : "")} · {round.Charter.Title.Here()}", round.Charter.Question.Here(), null)
            {
                Id = FeedDocument.Tag(query.Site, $"rounds/{round.Id:N}/proposals{query.Asked}"),
                LastUpdatedTime = updated,
                Language = Lang.Current,
                Items = [.. newest.Select(p => Entry(p, round, query.Site))],
            };
            feed.Authors.Add(new SyndicationPerson { Name = round.Region.Name.Here() });
            return new(FeedDocument.Write(feed, query.Site, Places.ProposalsFeed(round.Slug) + query.Asked, Places.Proposals(round.Slug) + query.Asked), updated);
        }

        SyndicationItem Entry(Listed p, RoundCopy round, Uri site)
        {
            var entry = new SyndicationItem
            {
                Id = FeedDocument.Tag(site, $"proposals/{p.Id:N}"),
                Title = new TextSyndicationContent(p.Title.Here()),
                Summary = new TextSyndicationContent(p.Summary.Here()),
                PublishDate = p.PublishedAt,
                LastUpdatedTime = p.PublishedAt,
                Categories = { new SyndicationCategory(p.Sector, null, text.Find("sector." + p.Sector) ?? p.Sector) },
                Links = { SyndicationLink.CreateAlternateLink(new Uri(site, Places.Proposal(round.Slug, p.Number)), "text/html") },
            };
            if (p.Organisation is { Name.Count: > 0 } organisation) entry.Authors.Add(new SyndicationPerson { Name = organisation.Name.Here() });
            return entry;
        }
    }
}
