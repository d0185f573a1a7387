using System.Text;
using Discovery.Rounds.Data;
using Discovery.Site;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Rounds.Feeds;

/// <summary>
/// The phases of a round as a calendar (RFC 5545): an event per phase, from its start to its deadline, in UTC. The UID is round and phase, whatever happens to
/// the dates; SEQUENCE is the version of the round, which grows with every change of it.
/// </summary>
internal static class GetCalendar
{
    /// <param name="Site">Where readers find the portal.</param>
    public sealed record Query(string Slug, Uri Site) : IRequest<Document>;

    public sealed record Document(byte[] Text, DateTimeOffset UpdatedAt);

    public sealed class Handler(RoundsDb db, Words<Texts> text, When when) : IRequestHandler<Query, Document>
    {
        public async Task<Document> Handle(Query query, CancellationToken ct)
        {
            var copy = await db.GetRound(query.Slug, ct);
            var round = await db.Whole.AsNoTracking().SingleAsync(r => r.Id == copy.Id, ct);
            var updated = RoundEvent.Of(round)[0].At;
            var calendar = new Ical.Net.Calendar { ProductId = "-//Discovery//Rounds//" + Lang.Current.ToUpperInvariant(), Method = "PUBLISH" };
            calendar.AddProperty("X-WR-CALNAME", copy.Charter.Title.Here());
            foreach (var phase in round.Phases.OrderBy(p => p.Position))
            {
                var (starts, ends) = (phase.StartedAt ?? phase.Starts, phase.EndedAt ?? phase.Ends);
                calendar.Events.Add(new CalendarEvent
                {
                    Uid = $"{round.Id:N}-{phase.Kind}@discovery",
                    Sequence = round.Version,
                    DtStamp = Utc(updated),
                    LastModified = Utc(updated),
                    Start = Utc(starts),
                    End = Utc(ends),
                    Summary = $"{text["phase." + phase.Kind]} · {copy.Charter.Title.Here()}",
                    Description = text["rounds.calendar.text", when.Moment(ends, copy)],
                    Location = copy.Region.Name.Here(),
                    Url = new Uri(query.Site, Places.Round(copy.Slug)),
                    // Weeks long: nobody is busy all that time.
                    Transparency = Ical.Net.TransparencyType.Transparent,
                });
            }
            return new(Encoding.UTF8.GetBytes(new CalendarSerializer().SerializeToString(calendar)!), updated);
        }

        static CalDateTime Utc(DateTimeOffset at) => new(at.UtcDateTime, CalDateTime.UtcTzId);
    }
}
