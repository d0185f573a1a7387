using System.Text.Json;
using Discovery.Platform.Records;
using Discovery.Proposals.Data;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>What happens to a proposal, or under the id of a round to its ballot list, stands in an append-only record that everybody can read and check.</summary>
internal static class Register
{
    public const string
        Submitted = "submitted", Entered = "entered", Resubmitted = "resubmitted", Published = "published", Returned = "returned", Hidden = "hidden", Appealed = "appealed", Restored = "restored",
        AppealRefused = "appeal-refused", Ignored = "ignored", Listed = "listed", Reserved = "listed-reserved", LeftOut = "left-out", FreezeAsked = "freeze-asked", FreezeWithdrawn = "freeze-withdrawn", Frozen = "frozen";

    /// <summary>What an entry says beside what has happened.</summary>
    /// <param name="Reason">One of <see cref="Discovery.Contracts.Moderation.ReasonCodes"/>.</param>
    public sealed record Details(string? Reason = null, string? Text = null, int? Other = null, string? Decision = null);

    /// <param name="By">A name; null: nobody's to tell, it is one of the installation's tools, or a moderator; empty: the account is erased.</param>
    /// <param name="ByModerator">Moderators are not named: the transparency log tells them apart.</param>
    /// <param name="IsErased">The words are gone; what happened and when stays.</param>
    public sealed record Entry(long Sequence, string What, DateTimeOffset At, string? By, bool ByModerator, bool IsErased, Details Details);

    static readonly IReadOnlyList<string> ByModerators = [Published, Returned, Hidden, Restored, AppealRefused, Ignored];

    public static Task NoteAsync(this ProposalsDb db, Guid record, string what, Guid person, Details details, DateTimeOffset at, CancellationToken ct) =>
        db.AppendAsync(record, what, person, details, at, ct);

    /// <summary>Oldest first.</summary>
    public static async Task<IReadOnlyList<Entry>> RegisterAsync(this ProposalsDb db, Guid record, CancellationToken ct)
    {
        var lines = await db.ReadAsync(record, ct);
        var ids = lines.Select(l => l.Person).Distinct().ToList();
        var names = await db.People.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
        return [.. lines.Select(l =>
        {
            var byModerator = ByModerators.Contains(l.What) && l.Person != Guid.Empty;
            return new Entry(l.Sequence, l.What, l.At, byModerator ? null : names.GetValueOrDefault(l.Person), byModerator, l.Details is null,
                l.Details is null ? new() : JsonSerializer.Deserialize<Details>(l.Details, JsonSerializerOptions.Web)!);
        })];
    }

    /// <param name="Record">A proposal, or a round for what was done to its list.</param>
    public sealed record OwnEntry(Guid Record, string What, DateTimeOffset At, string? Details);

    /// <summary>What a person did, for their own export.</summary>
    public static async Task<IReadOnlyList<OwnEntry>> OwnEntriesAsync(this ProposalsDb db, Guid person, CancellationToken ct) =>
        await (from entry in db.Set<RecordEntry>()
               where entry.Person == person
               join details in db.Set<RecordDetails>() on new { entry.Record, entry.Sequence } equals new { details.Record, details.Sequence } into all
               from details in all.DefaultIfEmpty()
               orderby entry.At, entry.Sequence
               select new OwnEntry(entry.Record, entry.What, entry.At, details!.Json)).ToListAsync(ct);
}
