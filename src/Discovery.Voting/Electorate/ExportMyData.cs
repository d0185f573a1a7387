using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Voting.Ballots;
using Discovery.Voting.Data;
using Discovery.Voting.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Electorate;

/// <summary>
/// What this service holds of the person who asks. A receipt proves that a ballot is recorded and never how it reads, so receipts are here and ballots are not;
/// after the seal nobody, not even this service, can say which ballot is whose.
/// </summary>
internal static class ExportMyData
{
    sealed record ActsFor(Guid Organisation, int Seat, bool Votes, DateTimeOffset? Until, DateTimeOffset? RevokedAt);

    sealed record Belongs(Guid Community, DateTimeOffset? LeftAt);

    sealed record MayVote(Guid Round, string Group);

    sealed record Recorded(Guid Round, Guid Subject, string Group, string Receipt, int Revision);

    sealed record TookPart(Guid Round, string Group);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/export", async (VotingDb db, CurrentUser user, RoundSecrets secrets, HttpContext http, TimeProvider clock, CancellationToken ct) =>
        {
            var (data, me, now) = (await db.OwnCopyAsync("voting", user, ct), user.Id, clock.GetUtcNow());
            return data
                .Add("mandates", await db.Mandates.Where(m => m.Person == me).Select(m => new ActsFor(m.Organisation, m.Seat, m.Votes, m.Until, m.RevokedAt)).ToListAsync(ct))
                .Add("memberships", await db.Members.Where(m => m.Person == me).Select(m => new Belongs(m.Community, m.LeftAt)).ToListAsync(ct))
                .Add("electorate", await db.Electors.Where(e => e.Subject == me && e.IsPerson).Select(e => new MayVote(e.Round, e.Group)).ToListAsync(ct))
                .Add("receipts", await ReceiptsAsync(db, secrets, me, now, ct))
                .Add("roll", await db.Roll.Where(r => r.Voter == me).Select(r => new TookPart(r.Round, r.Group)).ToListAsync(ct))
                .ToResult(http, now);
        }).RequireAuthorization();

    static async Task<List<Recorded>> ReceiptsAsync(VotingDb db, RoundSecrets secrets, Guid person, DateTimeOffset now, CancellationToken ct)
    {
        var receipts = new List<Recorded>();
        foreach (var round in (await db.Heads.Where(h => h.SealedAt == null).Select(h => h.Round).ToListAsync(ct)).Where(secrets.Has))
            foreach (var elector in (await Capacities.ReadAsync(db, round, [person], [], now, ct)).Of(person))
            {
                var key = VoterKey.Of(elector, secrets.Of(round)).Key;
                var entry = await (from ballot in db.CurrentBallots
                                   join line in db.Ledger on new { ballot.Round, ballot.Sequence } equals new { line.Round, line.Sequence }
                                   where ballot.Round == round && ballot.Key == key && !ballot.Withdrawn
                                   select new { line.Leaf, ballot.Revision }).AsNoTracking().SingleOrDefaultAsync(ct);
                if (entry is not null) receipts.Add(new(round, elector.Subject, elector.Group, Receipt.CodeOf(entry.Leaf), entry.Revision));
            }
        return receipts;
    }
}
