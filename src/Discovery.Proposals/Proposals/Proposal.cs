using Discovery.Platform;

namespace Discovery.Proposals.Proposals;

/// <summary>What an organisation proposes that the region should do better than others.</summary>
internal sealed class Proposal
{
    public required Guid Id { get; init; }
    public required Guid Round { get; init; }

    /// <summary>Short number within the round, given at submission and kept for ever.</summary>
    public required int Number { get; init; }

    public required Content Content { get; set; }

    /// <summary>Null where the proposal was carried over from an archive that names no author.</summary>
    public required Guid? Organisation { get; init; }

    public required List<Guid> CoAuthors { get; set; }
    /// <summary>Evidence that a moderator has seen.</summary>
    public List<Guid> Verified { get; private set; } = [];

    public required Guid AuthorPerson { get; init; }

    /// <summary>The file with which an official has entered it (<see cref="Import.ImportBatch"/>).</summary>
    public Guid? Batch { get; init; }

    public required DateTimeOffset SubmittedAt { get; set; }
    public DateTimeOffset? PublishedAt { get; private set; }
    public DateTimeOffset? ReturnedAt { get; private set; }
    public string? ReturnReason { get; private set; }

    /// <summary>Place on the published shortlist; null when it is not on it, or nothing is published yet.</summary>
    public int? Seat { get; private set; }

    /// <summary>Place among all counted proposals.</summary>
    public int? Rank { get; private set; }

    /// <summary>What the search looks in: lower case, ё as е.</summary>
    public string Search { get; private set; } = "";

    /// <summary>A random number below <see cref="Prime"/>: the list's random order multiplies it, so every day has another order.</summary>
    public int Shuffle { get; private init; } = Random.Shared.Next(1, Prime);

    public const int Prime = 1_000_003;

    /// <summary>Sequence of the last fact told about this proposal.</summary>
    public long Sequence { get; private set; } = 1;

    public int Version { get; private set; } = 1;

    public bool IsWaiting => PublishedAt is null && ReturnedAt is null;

    /// <summary>Officials, and whoever may act for the author, also see what is not published.</summary>
    public bool IsVisibleTo(CurrentUser user, string region, IReadOnlyCollection<Guid> actsFor) =>
        PublishedAt is not null || IsOwnOf(user, actsFor) || user.Is(Roles.Official, region) || user.Is(Roles.Moderator, region) || user.Is(Roles.Auditor, region);

    /// <summary>Of the person who wrote it, also when the mandate is over, and of all who act for its organisation.</summary>
    public bool IsOwnOf(CurrentUser user, IReadOnlyCollection<Guid> actsFor) =>
        (user.Id != Guid.Empty && !user.IsMachine && AuthorPerson == user.Id) || (Organisation is { } author && actsFor.Contains(author));

    /// <summary>Makes the text of the search; after every change of the content.</summary>
    public void Describe() => Search = PlainText.Searchable($"{string.Join(' ', Content.Title.Values)} {string.Join(' ', Content.Summary.Values)} {string.Join(' ', Content.Details.Keywords)}");

    /// <returns>False when it was published before: publishing twice is once.</returns>
    public bool Publish(DateTimeOffset now)
    {
        if (PublishedAt is not null) return false;
        if (ReturnedAt is not null) throw new RuleBroken("proposals.is-returned");
        PublishedAt = now;
        Changed();
        return true;
    }

    public bool Return(string reason, DateTimeOffset now)
    {
        if (PublishedAt is not null) throw new RuleBroken("proposals.is-published");
        if (ReturnedAt is not null) return false;
        (ReturnedAt, ReturnReason) = (now, reason);
        Changed();
        return true;
    }

    /// <summary>The author has corrected what was returned and sends it again.</summary>
    public void Resubmit(Content content, DateTimeOffset now)
    {
        if (ReturnedAt is null) throw new RuleBroken("proposals.not-returned");
        (Content, SubmittedAt, ReturnedAt, ReturnReason) = (content, now, null, null);
        Describe();
        Changed();
    }

    /// <returns>False when it stood so already.</returns>
    public bool Verify(Guid evidence, bool holds)
    {
        if (Verified.Contains(evidence) == holds) return false;
        Verified = holds ? [.. Verified, evidence] : [.. Verified.Where(v => v != evidence)];
        Version++;
        return true;
    }

    public void Rate(int? seat, int? rank)
    {
        if ((Seat, Rank) == (seat, rank)) return;
        (Seat, Rank) = (seat, rank);
        Version++;
    }

    /// <summary>An official decides on the text that was shown, not on one that came since.</summary>
    public void MustBeAt(int? version)
    {
        if (version is { } seen && seen != Version) throw new RuleBroken("proposals.changed");
    }

    void Changed() => (Sequence, Version) = (Sequence + 1, Version + 1);
}
