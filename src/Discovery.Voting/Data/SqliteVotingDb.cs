using Discovery.Voting.Electorate;
using Discovery.Voting.Ledger;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Discovery.Voting.Data;

/// <summary>SQLite: a transaction begins as writer (<c>BEGIN IMMEDIATE</c>), which is the lock; the clock is the process's, because the database has none of its own.</summary>
internal sealed class SqliteVotingDb(DbContextOptions<SqliteVotingDb> options, TimeProvider clock) : VotingDb(options, clock)
{
    public override Task<LedgerHead?> LockHeadAsync(Guid round, CancellationToken ct) => Heads.SingleOrDefaultAsync(h => h.Round == round, ct);

    public override Task<List<Elector>> ElectorsAsync(Guid round, IReadOnlyCollection<Guid> subjects, CancellationToken ct) =>
        Electors.AsNoTracking().Where(e => e.Round == round && subjects.Contains(e.Subject)).ToListAsync(ct);

    public override Task<List<CurrentBallot>> CurrentAsync(Guid round, IReadOnlyCollection<string> keys, CancellationToken ct) =>
        CurrentBallots.AsNoTracking().Where(b => b.Round == round && keys.Contains(b.Key)).ToListAsync(ct);

    // One process has the file.
    public override Task<bool> AloneAsync(Func<Task<bool>> work, CancellationToken ct) => work();

    public override Task AppendAsync(IReadOnlyList<LedgerEntry> entries, IReadOnlyList<CurrentBallot> current, CancellationToken ct)
    {
        var round = entries[0].Round.ToString().ToUpperInvariant();     // as EF writes it
        using (var insert = Prepared("insert into ledger (round, sequence, kind, leaf, salt, payload) values ($0, $1, $2, $3, $4, $5)", 6))
            foreach (var e in entries) Run(insert, round, e.Sequence, e.Kind, e.Leaf, e.Salt, e.Payload);
        using (var upsert = Prepared("""
            insert into current_ballots (round, key, "group", family, sequence, revision, withdrawn) values ($0, $1, $2, $3, $4, $5, $6)
            on conflict (round, key) do update set sequence = excluded.sequence, revision = excluded.revision, withdrawn = excluded.withdrawn
            """, 7))
            foreach (var b in current) Run(upsert, round, b.Key, b.Group, b.Family ?? (object)DBNull.Value, b.Sequence, b.Revision, b.Withdrawn);
        return Task.CompletedTask;
    }

    // One statement for many rows: as one JSON text they would cost a string on the large heap and its parsing.
    SqliteCommand Prepared(string sql, int parameters)
    {
        var command = (SqliteCommand)Database.GetDbConnection().CreateCommand();
        command.CommandText = sql;
        command.Transaction = (SqliteTransaction?)Database.CurrentTransaction?.GetDbTransaction();
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        return command;
    }

    static void Run(SqliteCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i];
        command.ExecuteNonQuery();
    }
}
