using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Discovery.ServicesTests.Identity;

/// <summary>Looks for words in everything that an installation keeps: each column of each table of each service, the files of databases, the mail folder, the log.</summary>
internal sealed class Everywhere(DiscoveryApp app)
{
    readonly Kept log = new();

    /// <summary>From now on the log is kept, whatever its level.</summary>
    public Everywhere Listen()
    {
        foreach (var service in DiscoveryApp.ServiceNames.Select(app.Of).Distinct()) service.GetRequiredService<ILoggerFactory>().AddProvider(log);
        return this;
    }

    public int Lines => log.Lines.Count;

    /// <returns>Where a word was found: «identity.people», «identity.db», «mail/….eml», «log: …».</returns>
    public async Task<IReadOnlyList<string>> FindAsync(params string[] words)
    {
        var (forms, found) = (words.SelectMany(Forms).Distinct().ToList(), new List<string>());
        foreach (var service in DiscoveryApp.ServiceNames) found.AddRange(await app.Read(service, db => TablesAsync(db, service, forms)));
        var bytes = forms.ConvertAll(Encoding.UTF8.GetBytes);
        foreach (var file in Directory.EnumerateFiles(app.DataOf(), "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            if (bytes.Exists(b => content.ToArray().AsSpan().IndexOf(b) >= 0)) found.Add(Path.GetRelativePath(app.DataOf(), file));
        }
        found.AddRange(log.Lines.Where(line => forms.Exists(f => line.Contains(f, StringComparison.OrdinalIgnoreCase))).Select(line => "log: " + line));
        return found;
    }

    static async Task<List<string>> TablesAsync(DbContext db, string service, List<string> forms)
    {
        await db.Database.OpenConnectionAsync();
        var (connection, postgres) = (db.Database.GetDbConnection(), db.Database.ProviderName!.EndsWith("PostgreSQL", StringComparison.Ordinal));
        if (!postgres) await RowsAsync(connection, "pragma wal_checkpoint(truncate)");
        var tables = await RowsAsync(connection, postgres ? "select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')"
            : "select '\"' || name || '\"' from sqlite_master where type = 'table'");
        Assert.True(tables.Count > 5);
        var found = new List<string>();
        foreach (var table in tables)
            // PostgreSQL writes a row, bytes and all, as one text; of SQLite each column is read, bytes as their text.
            foreach (var row in await RowsAsync(connection, postgres ? $"select t::text from {table} t" : $"select * from {table}"))
                if (forms.Exists(f => row.Contains(f, StringComparison.OrdinalIgnoreCase) || row.Contains(Convert.ToHexString(Encoding.UTF8.GetBytes(f)), StringComparison.OrdinalIgnoreCase)))
                {
                    found.Add($"{service}.{table}");
                    break;
                }
        return found;
    }

    static async Task<List<string>> RowsAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) switch { byte[] bytes => Encoding.UTF8.GetString(bytes), var value => Convert.ToString(value, CultureInfo.InvariantCulture) })));
        return rows;
    }

    /// <summary>As it is, in capitals and small letters, and as JSON writes it.</summary>
    static IEnumerable<string> Forms(string word)
    {
        foreach (var form in new[] { word, word.ToUpperInvariant(), word.ToLowerInvariant() })
        {
            yield return form;
            yield return System.Text.Json.JsonSerializer.Serialize(form).Trim('"');
        }
    }

    sealed class Kept : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            Lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}
