using System.Globalization;

namespace Discovery.Platform;

/// <summary>
/// A clock for rehearsals and tests: real time plus what stands in a file, such as <c>3.04:00:00</c> for three days and four hours.
/// Whoever rehearses a round writes the file and the phases follow; only forwards makes sense.
/// </summary>
/// <param name="file">Its absence means no shift. All processes of one installation read the same file.</param>
public sealed class ShiftedTime(string file) : TimeProvider
{
    static readonly TimeSpan ReadEvery = TimeSpan.FromMilliseconds(200);

    readonly Lock reading = new();
    long read = -1;
    TimeSpan shift;

    public TimeSpan Shift
    {
        get
        {
            lock (reading)
            {
                if (read >= 0 && GetElapsedTime(read) < ReadEvery) return shift;
                read = GetTimestamp();
                // Half written is read again in a moment.
                if (File.Exists(file) && TimeSpan.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var found)) shift = found;
                return shift;
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
