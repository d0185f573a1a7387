using Discovery.Contracts;

namespace Discovery.Rounds.Charters;

/// <summary>A public change of dates or texts of a published charter.</summary>
internal sealed class Amendment
{
    public const string Applied = "applied", Waiting = "waiting", Refused = "refused";

    public required Guid Round { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The official's account.</summary>
    public required Guid By { get; init; }

    public required string Reason { get; init; }

    /// <summary><c>applied</c>, <c>waiting</c> for Voting's answer, or <c>refused</c> because the vote was closed.</summary>
    public required string State { get; set; }

    /// <summary>Sequence of the fact that Voting answers to.</summary>
    public long? Request { get; init; }

    public required List<Change> What { get; init; }

    /// <summary>The texts that differ; dates are compared where the phases are.</summary>
    public static List<Change> Changes(DraftRound.Form from, DraftRound.Form to)
    {
        var changes = new List<Change>();
        void Compare(string field, Text was, Text now) { if (!was.SequenceEqual(now)) changes.Add(new(field, From: was, To: now)); }
        Compare("title", from.Title, to.Title);
        Compare("question", from.Question, to.Question);
        Compare("summary", from.Summary, to.Summary);
        Compare("moderation", from.Moderation, to.Moderation);
        Compare("verification", Of(from.Verification), Of(to.Verification));
        Compare("appeals", Of(from.Appeals), Of(to.Appeals));
        return changes;
    }

    static Text Of(Contracts.Rounds.Contact? contact)
    {
        var text = new Text();
        foreach (var (language, name) in contact?.Name ?? []) text[language] = $"{name}, {contact!.Address}";
        return text;
    }
}

/// <summary>One field of the charter before and after: a text or a time.</summary>
/// <param name="Field"><c>title</c>, <c>phase.voting.ends</c> ...</param>
internal sealed record Change(string Field, Text? From = null, Text? To = null, DateTimeOffset? Was = null, DateTimeOffset? Is = null);
