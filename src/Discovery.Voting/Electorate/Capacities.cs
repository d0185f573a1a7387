using Discovery.Platform;
using Discovery.Voting.Data;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Electorate;

/// <summary>As whom people may vote in a round: in the name of organisations by mandate, and in their own as members of communities.</summary>
internal sealed class Capacities
{
    readonly ILookup<Guid, Guid> organisationsOf;
    readonly ILookup<Guid, Elector> electors;

    Capacities(ILookup<Guid, Guid> organisationsOf, ILookup<Guid, Elector> electors) => (this.organisationsOf, this.electors) = (organisationsOf, electors);

    /// <param name="subjects">Organisations that are asked for beside those of the mandates; tools name voters so.</param>
    public static async Task<Capacities> ReadAsync(VotingDb db, Guid round, IReadOnlyCollection<Guid> people, IReadOnlyCollection<Guid> subjects, DateTimeOffset now, CancellationToken ct)
    {
        var mandates = await db.Mandates.AsNoTracking()
            .Where(m => people.Contains(m.Person) && m.RevokedAt == null && m.Votes && (m.Until == null || m.Until > now) && db.Organisations.Any(o => o.Id == m.Organisation && o.IsOnRoll && !o.IsDisputed))
            .Select(m => new { m.Person, m.Organisation }).ToListAsync(ct);
        var ids = people.Concat(subjects).Concat(mandates.Select(m => m.Organisation)).Distinct().ToList();
        var electors = await db.ElectorsAsync(round, ids, ct);
        return new(mandates.ToLookup(m => m.Person, m => m.Organisation), electors.ToLookup(e => e.Subject));
    }

    public IReadOnlyList<Elector> Of(Guid person) =>
        [.. electors[person].Where(e => e.IsPerson), .. organisationsOf[person].Distinct().SelectMany(o => electors[o]).Where(e => !e.IsPerson)];

    /// <param name="usual">Of several, where none is named: for whom the session says that the person acts. A session that is out of date says nothing.</param>
    /// <exception cref="RuleBroken">The person may not vote here, or has not said for whom of several.</exception>
    public Elector MustBe(Guid person, Guid? subject, Guid? usual)
    {
        var mine = Of(person);
        if (mine.Count == 0) throw new RuleBroken("voting.stranger") { Status = 403 };
        if (subject is null) return Default(mine, e => e.Subject, usual) ?? throw new RuleBroken("voting.choose") { Status = 400 };
        return mine.FirstOrDefault(e => e.Subject == subject) ?? throw new RuleBroken("voting.notyours") { Status = 403 };
    }

    /// <summary>The only one, or the usual one of several.</summary>
    public static T? Default<T>(IReadOnlyList<T> mine, Func<T, Guid> subject, Guid? usual) where T : class =>
        mine.Count == 1 ? mine[0] : usual is { } id ? mine.FirstOrDefault(one => subject(one) == id) : null;

    /// <summary>The elector itself, for a tool that brings ballots of an election that took place elsewhere.</summary>
    public Elector MustExist(Guid subject) => electors[subject].FirstOrDefault() ?? throw new RuleBroken("voting.stranger") { Status = 403 };
}
