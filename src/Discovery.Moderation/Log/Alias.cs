using Discovery.Moderation.Data;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Log;

/// <summary>Under which letter a moderator stands in the log of a round: who it is nobody reads there, that it was another one everybody does.</summary>
internal sealed class Alias
{
    public required Guid Round { get; init; }
    public required Guid Person { get; init; }

    /// <summary>From 1 in each round.</summary>
    public required int Number { get; init; }

    /// <summary>Stands in the chain in place of the account.</summary>
    public required Guid Pseudonym { get; init; }

    /// <summary>1 is A, 27 is AA.</summary>
    public static string Letter(int number) => number <= 26 ? $"{(char)('A' + number - 1)}" : Letter((number - 1) / 26) + Letter((number - 1) % 26 + 1);
}

internal static class Aliases
{
    public static async Task<Alias> AliasAsync(this ModerationDb db, Guid round, Guid person, CancellationToken ct)
    {
        while (true)
        {
            if (await db.Aliases.AsNoTracking().SingleOrDefaultAsync(a => a.Round == round && a.Person == person, ct) is { } alias) return alias;
            // Of two at the same moment one gets the number, and the other tries again.
            await db.Database.ExecuteSqlAsync($"insert into aliases (round, person, number, pseudonym) select {round}, {person}, coalesce(max(number), 0) + 1, {Guid.NewGuid()} from aliases where round = {round} on conflict do nothing", ct);
        }
    }
}
