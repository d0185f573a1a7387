using Discovery.Identity.Secrets;
using Discovery.Site;

namespace Discovery.Identity.Subscriptions;

/// <summary>The letter of an issue to one subscription, in its language; times are those of the region's zone.</summary>
internal sealed class NewsLetter(AllWords words, When when, Links links)
{
    /// <param name="news">In the order in which they happened; the last one stands in the subject.</param>
    public Letters.Content Of(Subscription to, Reader reader, RoundCopy round, IReadOnlyList<RoundNews> news) => Letters.In(to.Language, () =>
    {
        var (title, region, end) = (round.Charter.Title.Here(), round.Region.Name.Here(), links.To(Places.Unsubscribe(reader.Token), reader.Site));
        var lines = news.Select(n => Line(n, round)).ToList();
        if (!round.IsPaused && !round.IsClosed) lines.Add(words["letter.news.dates"] + string.Concat(round.Charter.Phases.Select(p => "\n" + Dates(p, round))));
        var place = news.Any(n => n.Kind == "closed") ? Places.Results(round.Slug) : Places.Round(round.Slug);
        var whose = to.Region == Subscription.EveryRegion ? words["identity.region.all"] : region;
        return new Letters.Content(reader.Address, $"{title}: {words["letter.news." + news[^1].Kind, Phase(news[^1])]}",
            words["letter.news.text", title, region, string.Join("\n\n", lines), links.To(place, reader.Site), whose, end], end);
    });

    string Line(RoundNews news, RoundCopy round)
    {
        var line = words[$"letter.news.{news.Kind}.text", Phase(news), news.Ends is { } ends ? when.Moment(ends, round) : "", round.Charter.Question.Here()];
        return news.Reason is { } reason ? $"{line} {words["letter.news.reason", reason]}" : line;
    }

    // What has happened counts, and where it has not, what is planned.
    string Dates(Contracts.Rounds.Phase phase, RoundCopy round)
    {
        var times = round.TimesOf(phase.Kind);
        var (starts, ends) = (times?.StartedAt ?? phase.Starts, round.HasEnded(phase.Kind) ? times!.EndedAt!.Value : round.IsIn(phase.Kind) ? round.PhaseEndsAt ?? phase.Ends : phase.Ends);
        return $"{words["phase." + phase.Kind]}: {when.Moment(starts, round)} – {when.Moment(ends, round)}";
    }

    string Phase(RoundNews news) => news.Phase is { } phase ? words["phase." + phase] : "";
}
