using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Discovery.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Platform.Records;

/// <summary>
/// Append-only records. hash(n) = SHA-256("record/v1" ‖ hash(n−1) ‖ record ‖ uint64be(n) ‖ int64be(microseconds since 1970) ‖ person ‖ detailsHash ‖ what),
/// hash(0) = 32 zero bytes; ids are their 16 bytes in the order of their text (RFC 9562).
/// </summary>
public static class RecordChain
{
    public static readonly byte[] Start = new byte[32];

    /// <summary>In <c>OnModelCreating</c> of a service that keeps records.</summary>
    public static void AddRecords(this ModelBuilder model)
    {
        model.Entity<RecordEntry>(entry =>
        {
            entry.ToTable("record_entries");
            entry.HasKey(e => new { e.Record, e.Sequence });
            entry.HasIndex(e => e.Person);
        });
        model.Entity<RecordDetails>(details =>
        {
            details.ToTable("record_details");
            details.HasKey(d => new { d.Record, d.Sequence });
        });
        model.Entity<RecordHead>(head =>
        {
            head.ToTable("record_heads");
            head.HasKey(h => h.Record);
            head.Property(h => h.Record).ValueGeneratedNever();
        });
    }

    /// <summary>Appends in the transaction that is open, with the change that it is about; the caller saves. Others who append to the same record wait for its end.</summary>
    /// <exception cref="InvalidOperationException">No transaction is open: without one the order would not hold.</exception>
    public static async Task AppendAsync(this DbContext db, Guid record, string what, Guid person, object details, DateTimeOffset at, CancellationToken ct)
    {
        if (db.Database.CurrentTransaction is null) throw new InvalidOperationException("A record is appended to within a transaction.");
        await db.Database.ExecuteSqlAsync($"insert into record_heads (record, sequence, hash) values ({record}, 0, {Start}) on conflict do nothing", ct);
        // The write takes the row's lock; what is read after it is the end of the chain.
        await db.Database.ExecuteSqlAsync($"update record_heads set sequence = sequence + 1 where record = {record}", ct);
        var head = await db.Set<RecordHead>().AsNoTracking().SingleAsync(h => h.Record == record, ct);

        var hash = db.Write(record, head.Sequence, head.Hash, what, person, details, at);
        await db.Database.ExecuteSqlAsync($"update record_heads set hash = {hash} where record = {record}", ct);
    }

    /// <summary>The first entries of a record that is made with the thing it is about: nobody else can append yet, so nothing is locked and many are saved at once.</summary>
    public static void Begin(this DbContext db, Guid record, DateTimeOffset at, params IReadOnlyList<(string What, Guid Person, object Details)> entries)
    {
        var hash = Start;
        for (var i = 0; i < entries.Count; i++) hash = db.Write(record, i + 1, hash, entries[i].What, entries[i].Person, entries[i].Details, at);
        db.Add(new RecordHead { Record = record, Sequence = entries.Count, Hash = hash });
    }

    /// <returns>The hash of the chain after it.</returns>
    static byte[] Write(this DbContext db, Guid record, long sequence, byte[] last, string what, Guid person, object details, DateTimeOffset at)
    {
        // The databases keep microseconds.
        var time = new DateTimeOffset(at.UtcTicks / 10 * 10, TimeSpan.Zero);
        var (json, salt) = (JsonSerializer.Serialize(details, Wire.Json), RandomNumberGenerator.GetBytes(32));
        var detailsHash = HashOf(salt, json);
        var hash = Next(last, record, sequence, time, person, detailsHash, what);
        db.Add(new RecordEntry { Record = record, Sequence = sequence, At = time, What = what, Person = person, DetailsHash = detailsHash, Hash = hash });
        db.Add(new RecordDetails { Record = record, Sequence = sequence, Salt = salt, Json = json });
        return hash;
    }

    /// <summary>Deletes the words and salts of all that the person did; the entries stay, and the chain still holds.</summary>
    public static Task EraseAsync(this DbContext db, Guid person, CancellationToken ct) =>
        db.Set<RecordDetails>().Where(d => db.Set<RecordEntry>().Any(e => e.Person == person && e.Record == d.Record && e.Sequence == d.Sequence)).ExecuteDeleteAsync(ct);

    /// <summary>An entry as it is shown and exported.</summary>
    /// <param name="Details">The exact JSON text that is hashed; null once erased.</param>
    public sealed record Line(long Sequence, DateTimeOffset At, string What, Guid Person, string? Details, byte[]? Salt, byte[] DetailsHash, byte[] Hash);

    /// <summary>The record from its first entry on.</summary>
    public static async Task<IReadOnlyList<Line>> ReadAsync(this DbContext db, Guid record, CancellationToken ct)
    {
        var lines = await (from e in db.Set<RecordEntry>().AsNoTracking()
                           where e.Record == record
                           join d in db.Set<RecordDetails>() on new { e.Record, e.Sequence } equals new { d.Record, d.Sequence } into details
                           from d in details.DefaultIfEmpty()
                           orderby e.Sequence
                           select new { Entry = e, Details = d }).ToListAsync(ct);
        return lines.ConvertAll(l => new Line(l.Entry.Sequence, l.Entry.At, l.Entry.What, l.Entry.Person, l.Details?.Json, l.Details?.Salt, l.Entry.DetailsHash, l.Entry.Hash));
    }

    /// <summary>Recomputes the chain.</summary>
    /// <returns>The sequence of the first entry that is not what it was, or is missing or out of order; null: the record is whole.</returns>
    public static long? Verify(Guid record, IReadOnlyList<Line> lines)
    {
        var hash = Start;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Sequence != i + 1) return i + 1;
            if (line is { Details: { } json, Salt: { } salt } && !HashOf(salt, json).AsSpan().SequenceEqual(line.DetailsHash)) return line.Sequence;
            hash = Next(hash, record, line.Sequence, line.At, line.Person, line.DetailsHash, line.What);
            if (!hash.AsSpan().SequenceEqual(line.Hash)) return line.Sequence;
        }
        return null;
    }

    /// <summary>Recomputes the chain as it lies in the database, to its end: what was cut off there is missing too.</summary>
    /// <returns>As <see cref="Verify"/>.</returns>
    public static async Task<long?> CheckAsync(this DbContext db, Guid record, CancellationToken ct)
    {
        var lines = await db.ReadAsync(record, ct);
        if (Verify(record, lines) is { } broken) return broken;
        var head = await db.Set<RecordHead>().AsNoTracking().SingleOrDefaultAsync(h => h.Record == record, ct);
        return (head?.Sequence ?? 0) == lines.Count && (head is null || lines.Count == 0 || head.Hash.AsSpan().SequenceEqual(lines[^1].Hash)) ? null : lines.Count + 1;
    }

    static byte[] HashOf(byte[] salt, string json) => SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(json)]);

    static byte[] Next(byte[] last, Guid record, long sequence, DateTimeOffset at, Guid person, byte[] detailsHash, string what)
    {
        var text = Encoding.UTF8.GetBytes(what);
        var bytes = new byte[9 + 32 + 16 + 8 + 8 + 16 + 32 + text.Length];
        "record/v1"u8.CopyTo(bytes);
        last.CopyTo(bytes, 9);
        record.TryWriteBytes(bytes.AsSpan(41), bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(57), sequence);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(65), (at.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10);
        person.TryWriteBytes(bytes.AsSpan(73), bigEndian: true, out _);
        detailsHash.CopyTo(bytes, 89);
        text.CopyTo(bytes, 121);
        return SHA256.HashData(bytes);
    }
}
