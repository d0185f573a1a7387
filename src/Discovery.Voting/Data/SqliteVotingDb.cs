using System.Text.Json;
using Discovery.Voting.Electorate;
using Discovery.Voting.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Data;

/// <summary>SQLite: a transaction begins as writer (<c>BEGIN IMMEDIATE</c>), which is the lock; the clock is the process's, because the database has none of its own.</summary>
internal sealed class SqliteVotingDb(DbContextOptions<SqliteVotingDb> options, TimeProvider clock) : VotingDb(options)
{
    public override Task<LedgerHead?> LockHeadAsync(Guid round, CancellationToken ct) => Heads.SingleOrDefaultAsync(h => h.Round == round, ct);

    public override Task<DateTimeOffset> ClockAsync(CancellationToken ct) => Task.FromResult(clock.GetUtcNow());

    public override Task<List<Elector>> ElectorsAsync(Guid round, IReadOnlyCollection<Guid> subjects, CancellationToken ct) =>
        Electors.AsNoTracking().Where(e => e.Round == round && subjects.Contains(e.Subject)).ToListAsync(ct);

    public override Task<List<CurrentBallot>> CurrentAsync(Guid round, IReadOnlyCollection<string> keys, CancellationToken ct) =>
        CurrentBallots.AsNoTracking().Where(b => b.Round == round && keys.Contains(b.Key)).ToListAsync(ct);

    // One process has the file.
    public override Task<bool> AloneAsync(Func<Task<bool>> work, CancellationToken ct) => work();

    public override async Task AppendAsync(IReadOnlyList<LedgerEntry> entries, IReadOnlyList<CurrentBallot> current, CancellationToken ct)
    {
        var rows = JsonSerializer.Serialize(entries.Select(e => new object[] { e.Sequence, e.Kind, Convert.ToHexString(e.Leaf), Convert.ToHexString(e.Salt), e.Payload }));
        await Database.ExecuteSqlAsync($"""
            insert into ledger (round, sequence, kind, leaf, salt, payload)
            select {entries[0].Round}, value ->> 0, value ->> 1, unhex(value ->> 2), unhex(value ->> 3), value ->> 4 from json_each({rows})
            """, ct);
        if (current.Count == 0) return;
        var ballots = JsonSerializer.Serialize(current.Select(b => new object?[] { b.Key, b.Group, b.Family, b.Sequence, b.Revision, b.Withdrawn ? 1 : 0 }));
        await Database.ExecuteSqlAsync($"""
            insert into current_ballots (round, key, "group", family, sequence, revision, withdrawn)
            select {entries[0].Round}, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 from json_each({ballots}) where true
            on conflict (round, key) do update set sequence = excluded.sequence, revision = excluded.revision, withdrawn = excluded.withdrawn
            """, ct);
    }
}
