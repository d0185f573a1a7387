using System.Text;
using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Participants;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Annexes;

/// <summary>What may be known of an annex, and, as an act of its own that is noted, what it says.</summary>
internal static class OpenAnnex
{
    public sealed record Query(string Round, int Number, CurrentUser Person) : IRequest<View>;

    /// <param name="Text">To authors; others open it.</param>
    /// <param name="Version">Null: there is none yet.</param>
    public sealed record View(bool IsAuthor, int? Version, DateTimeOffset? ChangedAt, string? Text, bool ForOfficials, IReadOnlyList<OrganisationCard> Readers, IReadOnlyList<Reading> Readings);

    /// <param name="Name">Empty: the account is erased.</param>
    public sealed record Reading(string Name, OrganisationCard? Organisation, DateTimeOffset At);

    public sealed record Command(string Round, int Number, CurrentUser Person) : IRequest<Opened>;

    public sealed record Opened(string Text);

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapGet("/{number:int}/annex", async (string round, int number, CurrentUser user, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(round, number, user), ct))).RequireAuthorization();
        round.MapPost("/{number:int}/annex/readings", async (string round, int number, CurrentUser user, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Command(round, number, user), ct))).RequireAuthorization();
    }

    public sealed class Handler(ProposalsDb db, IDataProtectionProvider keys, TimeProvider clock) : IRequestHandler<Query, View>, IRequestHandler<Command, Opened>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var (_, proposal, annex, isAuthor, _) = await db.AnnexAsync(query.Round, query.Number, query.Person, clock, ct);
            if (annex is null) return new(isAuthor, null, null, null, false, [], []);
            if (!isAuthor) return new(false, annex.Version, annex.ChangedAt, null, annex.ForOfficials, [], []);
            var readings = await (from r in db.AnnexReadings
                                  where r.Annex == proposal.Id
                                  join p in db.People on r.Person equals p.Id into people
                                  from p in people.DefaultIfEmpty()
                                  orderby r.At descending
                                  select new { p!.Name, r.Organisation, r.At }).ToListAsync(ct);
            var ids = annex.Readers.Concat(readings.Select(r => r.Organisation).OfType<Guid>()).Distinct().ToList();
            var organisations = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, OrganisationCard.Of, ct);
            return new(true, annex.Version, annex.ChangedAt, Read(annex), annex.ForOfficials, [.. annex.Readers.Where(organisations.ContainsKey).Select(r => organisations[r])],
                readings.ConvertAll(r => new Reading(r.Name ?? "", r.Organisation is { } o ? organisations.GetValueOrDefault(o) : null, r.At)));
        }

        public async Task<Opened> Handle(Command command, CancellationToken ct)
        {
            var (_, proposal, annex, isAuthor, readsFor) = await db.AnnexAsync(command.Round, command.Number, command.Person, clock, ct);
            if (annex is null) throw new RuleBroken("proposals.annex.unknown") { Status = 404 };
            var text = Read(annex);
            if (isAuthor) return new(text);
            db.Add(new AnnexReading { Id = Guid.CreateVersion7(), Annex = proposal.Id, Person = command.Person.Id, Organisation = readsFor, At = await db.ClockAsync(clock, ct) });
            await db.RememberAsync(command.Person, ct);
            await db.SaveChangesAsync(ct);
            return new(text);
        }

        string Read(Annex annex) => Encoding.UTF8.GetString(keys.ForAnnexes().Unprotect(annex.Sealed));
    }
}
