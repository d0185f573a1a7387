using System.Text.Json;
using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Site;
using Discovery.Voting.Data;
using Discovery.Voting.Ledger;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Ballots;

/// <summary>What the asker may vote as, and the ballot that counts for the chosen capacity. "Has voted" is this look-up by key, and stands in no table.</summary>
internal static class GetMyBallot
{
    public sealed record Query(string Round, CurrentUser User, Guid? As) : IRequest<Answer>;

    /// <param name="Chosen">Index into <paramref name="Capacities"/>; -1 where there is none, or several and none was named or chosen for the session.</param>
    public sealed record Answer(IReadOnlyList<Capacity> Capacities, int Chosen, Mine? Ballot, IReadOnlyList<int> Unseen);

    /// <param name="Name">Of the organisation; null for a person.</param>
    public sealed record Capacity(Guid Subject, string Group, bool IsPerson, Text? Name);

    public sealed record Mine(IReadOnlyList<IReadOnlyList<int>> Tiers, IReadOnlyList<int>? Approved, Receipt Receipt);

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapGet("/{round}/ballot", async (string round, Guid? @as, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, user, @as), ct))).RequireAuthorization();

    public sealed class Handler(VotingDb db, Sheets sheets, RoundSecrets secrets, TimeProvider clock) : IRequestHandler<Query, Answer>
    {
        public async Task<Answer> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var mine = (await Electorate.Capacities.ReadAsync(db, round.Id, [query.User.Id], [], clock.GetUtcNow(), ct)).Of(query.User.Id);
            var ids = mine.Select(e => e.Subject).ToList();
            var names = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => JsonSerializer.Deserialize<Text>(o.Name, Wire.Json), ct);
            var capacities = mine.Select(e => new Capacity(e.Subject, e.Group, e.IsPerson, names.GetValueOrDefault(e.Subject))).ToList();
            var subject = query.As ?? Electorate.Capacities.Default(capacities, c => c.Subject, query.User.Usual)?.Subject;
            var chosen = capacities.FindIndex(c => c.Subject == subject);
            if (chosen < 0 || await sheets.FindAsync(round, ct) is not { } sheet) return new(capacities, chosen, null, []);
            var unseen = sheet.UnseenBy(mine[chosen]);
            // After the seal nobody can find the own ballot either: the receipt is what remains.
            if (!secrets.Has(round.Id)) return new(capacities, chosen, null, unseen);
            var key = VoterKey.Of(mine[chosen], secrets.Of(round.Id)).Key;
            var entry = await (from ballot in db.CurrentBallots
                               join line in db.Ledger on new { ballot.Round, ballot.Sequence } equals new { line.Round, line.Sequence }
                               where ballot.Round == round.Id && ballot.Key == key && !ballot.Withdrawn
                               select new { line.Payload, line.Leaf, line.Sequence, ballot.Revision }).AsNoTracking().SingleOrDefaultAsync(ct);
            return new(capacities, chosen, entry is null ? null : Read(entry.Payload, Receipt.Of(new(entry.Sequence, entry.Leaf, entry.Revision))), unseen);
        }

        static Mine Read(string payload, Receipt receipt)
        {
            var ballot = JsonDocument.Parse(payload).RootElement;
            return new([.. ballot.GetProperty("t").EnumerateArray().Select(t => Numbers(t)!)], Numbers(ballot.GetProperty("a")), receipt);
        }

        static IReadOnlyList<int>? Numbers(JsonElement list) =>
            list.ValueKind == JsonValueKind.Null ? null : [.. list.EnumerateArray().Select(n => int.Parse(n.GetString()!, System.Globalization.CultureInfo.InvariantCulture))];
    }
}
