using Discovery.Contracts;
using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>Somebody looks for the own organisation among those on the books, before entering it a second time.</summary>
internal static class FindOrganisation
{
    public const int Shortest = 3, Most = 20;

    /// <param name="Find">At least three letters of a name, or a number.</param>
    public sealed record Query(string? Find) : IRequest<Found>;

    /// <param name="HasMore">There are more than these: a longer word finds fewer.</param>
    public sealed record Found(IReadOnlyList<Row> Organisations, bool HasMore);

    /// <param name="RegistrationNumber">Null also where it is a person's.</param>
    public sealed record Row(Guid Id, Text Name, string Kind, string? Municipality, string? RegistrationNumber, bool IsLiquidated, bool IsMine);

    public static void Map(IEndpointRouteBuilder organisations) =>
        organisations.MapGet("/find", async (string? find, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(find), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims) : IRequestHandler<Query, Found>
    {
        public async Task<Found> Handle(Query query, CancellationToken ct)
        {
            user.MustBePerson();
            var number = RegistrationNumber.Read(query.Find)?.Value;
            var find = Names.ForSearch(query.Find);
            // A part of a number finds nothing: nobody shall guess a person's number digit by digit.
            if (find.Length < Shortest || (number is null && !find.Any(char.IsLetter))) return new([], false);
            var now = claims.Now;
            var found = await db.Organisations.AsNoTracking().Where(o => number != null ? o.RegistrationNumber == number : o.SearchName.Contains(find))
                .OrderBy(o => o.SearchName).ThenBy(o => o.Id).Take(Most + 1)
                .Select(o => new { o.Id, o.Name, o.Kind, o.Municipality, o.NumberKind, o.RegistrationNumber, o.LiquidatedAt, Mine = db.Mandates.Any(m => m.Organisation == o.Id && m.Person == user.Id && m.RevokedAt == null && (m.Until == null || m.Until > now)) })
                .ToListAsync(ct);
            return new([.. found.Take(Most).Select(o => new Row(
                o.Id, o.Name, o.Kind, o.Municipality, RegistrationNumber.IsOfPerson(o.NumberKind, o.RegistrationNumber) ? null : o.RegistrationNumber, o.LiquidatedAt is not null, o.Mine))], found.Count > Most);
        }
    }
}
