using Discovery.Voting.Electorate;
using Discovery.Voting.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Data;

/// <summary>PostgreSQL: replicas take turns on the head row; the clock is read after the lock is held, so nobody waits himself into a late ballot.</summary>
internal sealed class PostgresVotingDb(DbContextOptions<PostgresVotingDb> options, TimeProvider clock) : VotingDb(options, clock)
{
    public override Task<LedgerHead?> LockHeadAsync(Guid round, CancellationToken ct) =>
        Heads.FromSql($"select * from heads where round = {round} for update").SingleOrDefaultAsync(ct);

    // With "= any" the planner may scan the whole round for each batch and compare every row.
    public override Task<List<Elector>> ElectorsAsync(Guid round, IReadOnlyCollection<Guid> subjects, CancellationToken ct) =>
        Electors.FromSql($"select e.* from unnest({subjects.ToArray()}) as s(id) cross join lateral (select * from electors where round = {round} and subject = s.id offset 0) e").AsNoTracking().ToListAsync(ct);

    public override Task<List<CurrentBallot>> CurrentAsync(Guid round, IReadOnlyCollection<string> keys, CancellationToken ct) =>
        CurrentBallots.FromSql($"select b.* from unnest({keys.ToArray()}) as k(key) cross join lateral (select * from current_ballots where round = {round} and key = k.key offset 0) b").AsNoTracking().ToListAsync(ct);

    public override async Task<bool> AloneAsync(Func<Task<bool>> work, CancellationToken ct)
    {
        await using var transaction = await Database.BeginTransactionAsync(ct);
        if (!await Database.SqlQuery<bool>($"""select pg_try_advisory_xact_lock(hashtext(current_database() || current_schema() || 'feed')) as "Value" """).SingleAsync(ct)) return false;
        var outcome = await work();
        await transaction.CommitAsync(CancellationToken.None);
        return outcome;
    }

    public override async Task AppendAsync(IReadOnlyList<LedgerEntry> entries, IReadOnlyList<CurrentBallot> current, CancellationToken ct)
    {
        var round = entries[0].Round;
        await Database.ExecuteSqlAsync($"""
            insert into ledger (round, sequence, kind, leaf, salt, payload)
            select {round}, * from unnest({Column(entries, e => e.Sequence)}, {Column(entries, e => e.Kind)}, {Column(entries, e => e.Leaf)}, {Column(entries, e => e.Salt)}, {Column(entries, e => e.Payload)})
            """, ct);
        if (current.Count == 0) return;
        await Database.ExecuteSqlAsync($"""
            insert into current_ballots (round, key, "group", family, sequence, revision, withdrawn)
            select {round}, * from unnest({Column(current, b => b.Key)}, {Column(current, b => b.Group)}, {Column(current, b => b.Family)},
                {Column(current, b => b.Sequence)}, {Column(current, b => b.Revision)}, {Column(current, b => b.Withdrawn)})
            on conflict (round, key) do update set sequence = excluded.sequence, revision = excluded.revision, withdrawn = excluded.withdrawn
            """, ct);
    }

    static TValue[] Column<TRow, TValue>(IReadOnlyList<TRow> rows, Func<TRow, TValue> value)
    {
        var column = new TValue[rows.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(rows[i]);
        return column;
    }
}
