using Discovery.Contracts;
using Discovery.Identity.Data;
using MediatR;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>The sign-ins that a demonstration shows to everybody; none in any other installation.</summary>
internal static class ListDemonstrationAccounts
{
    const int Shown = 12;

    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    /// <param name="Role">Without its region; null for a participant.</param>
    /// <param name="Organisation">Whom a participant acts for, if for anybody.</param>
    public sealed record Row(string Email, string Password, string DisplayName, string? Role, Text? Organisation);

    public sealed class Handler(IdentityDb db) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct)
        {
            var rows = await (
                from account in db.DemonstrationAccounts
                join person in db.Users on account.Person equals person.Id
                orderby account.Position
                select new
                {
                    account.Email, account.Password, person.DisplayName,
                    Role = db.Roles.Where(r => r.Person == person.Id).OrderBy(r => r.Name).Select(r => r.Name).FirstOrDefault(),
                    Organisation = db.Mandates.Where(m => m.Person == person.Id && m.RevokedAt == null)
                        .Join(db.Organisations, m => m.Organisation, o => o.Id, (m, o) => o).OrderBy(o => o.SearchName).FirstOrDefault(),
                }).Take(Shown).ToListAsync(ct);
            return [.. rows.Select(r => new Row(r.Email, r.Password, r.DisplayName, r.Role?.Split(':')[1], r.Organisation?.Name))];
        }
    }
}
