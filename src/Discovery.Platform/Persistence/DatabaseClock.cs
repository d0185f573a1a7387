using Microsoft.EntityFrameworkCore;

namespace Discovery.Platform.Persistence;

/// <summary>
/// The time that deadlines are judged by (rules 7): PostgreSQL's own, so that replicas with clocks of their own cannot disagree; SQLite has none,
/// and there the process is the only one.
/// </summary>
public static class DatabaseClock
{
    public static async Task<DateTimeOffset> ClockAsync(this DbContext db, TimeProvider clock, CancellationToken ct) =>
        db.Database.IsNpgsql()
            ? await db.Database.SqlQuery<DateTimeOffset>($"""select clock_timestamp() as "Value" """).SingleAsync(ct) + ((clock as ShiftedTime)?.Shift ?? TimeSpan.Zero)
            : clock.GetUtcNow();
}
