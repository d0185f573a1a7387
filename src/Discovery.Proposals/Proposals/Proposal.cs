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

    /// <summary>Refused, or taken away after it was shown.</summary>
    public DateTimeOffset? HiddenAt { get; private set; }

    /// <summary>Of the last decision that returned or hid it (<see cref="Discovery.Contracts.Moderation.ReasonCodes"/>).</summary>
    public string? ReasonCode { get; private set; }

    /// <summary>It was public once: whoever looks for it now learns that it is gone, and why.</summary>
    public bool WasShown { get; private set; }

    /// <summary>Since when an objection of its author waits for an answer.</summary>
    public DateTimeOffset? AppealedAt { get; private set; }

    /// <summary>Number of a proposal that a moderator advises to merge this one with.</summary>
    public int? SuggestedMerge { get; private set; }

    /// <summary>Number of the version that <see cref="Content"/> is (<see cref="Versions.Revision"/>).</summary>
    public int Revision { get; private set; } = 1;

    /// <summary>How often its words were handed to Moderation: a decision is about one of these times.</summary>
    public long Submission { get; private set; } = 1;

    /// <summary>Sequences of Moderation's last decision and last fact about an appeal: they come in any order, and each may come late.</summary>
    public long DecisionHeard { get; private set; }

    public long AppealHeard { get; private set; }

    /// <summary>Number of the proposal whose text holds this one now.</summary>
    public int? MergedInto { get; private set; }

    public DateTimeOffset? MergedAt { get; private set; }
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public string? WithdrawReason { get; private set; }

    /// <summary>When it was published, where it has ended since.</summary>
    public DateTimeOffset? ShownBefore { get; private set; }

    /// <summary>Since when it has been public without a break, until now or until it ended.</summary>
    public DateTimeOffset? ShownSince => PublishedAt ?? ShownBefore;

    /// <summary>Place on the published shortlist; null when it is not on it, or nothing is published yet.</summary>
    public int? Seat { get; private set; }

    /// <summary>Place among all counted proposals.</summary>
    public int? Rank { get; private set; }

    /// <summary>A random number below <see cref="Prime"/>: the list's random order multiplies it, so every day has another order.</summary>
    public int Shuffle { get; private init; } = Random.Shared.Next(1, Prime);

    public const int Prime = 1_000_003;

    /// <summary>Sequence of the last fact told about this proposal.</summary>
    public long Sequence { get; private set; } = 1;

    public int Version { get; private set; } = 1;

    public bool IsWaiting => PublishedAt is null && ReturnedAt is null && HiddenAt is null && IsAlive;

    /// <summary>Officials, and whoever may act for the author, also see what is not published.</summary>
    public bool IsVisibleTo(CurrentUser user, string region, IReadOnlyCollection<Guid> actsFor) =>
        PublishedAt is not null || (MergedInto is not null && ReturnedAt is null && HiddenAt is null) || IsOwnOf(user, actsFor) || IsAuthoredBy(actsFor) || user.Is(Roles.Official, region) || user.Is(Roles.Moderator, region) || user.Is(Roles.Auditor, region);

    /// <summary>Of the person who wrote it, also when the mandate is over, and of all who act for its organisation.</summary>
    public bool IsOwnOf(CurrentUser user, IReadOnlyCollection<Guid> actsFor) =>
        (user.Id != Guid.Empty && !user.IsMachine && AuthorPerson == user.Id) || (Organisation is { } author && actsFor.Contains(author));

    /// <summary>By whoever may act for the author or a co-author now; a mandate that is over does not count.</summary>
    public bool IsAuthoredBy(IReadOnlyCollection<Guid> actsFor) => (Organisation is { } author && actsFor.Contains(author)) || CoAuthors.Exists(actsFor.Contains);

    /// <summary>The author and the co-authors.</summary>
    public IReadOnlyList<Guid> Authors => Organisation is { } author ? [author, .. CoAuthors] : CoAuthors;

    /// <summary>It has not ended: neither merged into another one nor withdrawn.</summary>
    public bool IsAlive => MergedInto is null && WithdrawnAt is null;

    public void MustBeAlive()
    {
        if (!IsAlive) throw new RuleBroken(MergedInto is null ? "proposals.is-withdrawn" : "proposals.is-merged");
    }

    public void Join(Guid organisation)
    {
        if (Authors.Contains(organisation)) return;
        CoAuthors = [.. CoAuthors, organisation];
        Version++;
    }

    /// <returns>False when it is no co-author.</returns>
    public bool Leave(Guid organisation)
    {
        if (!CoAuthors.Contains(organisation)) return false;
        CoAuthors = [.. CoAuthors.Where(o => o != organisation)];
        Version++;
        return true;
    }

    /// <summary>Its text is closed: another one holds it now.</summary>
    public void MergeInto(int lead, DateTimeOffset now)
    {
        (ShownBefore, PublishedAt, MergedInto, MergedAt) = (PublishedAt, null, lead, now);
        Changed();
    }

    /// <summary>The merge is undone: it is public as it was, unless it has been taken away since.</summary>
    public void Part()
    {
        (PublishedAt, ShownBefore, MergedInto, MergedAt) = (ReturnedAt is null && HiddenAt is null ? ShownBefore : null, null, null, null);
        Changed();
    }

    public void Withdraw(string reason, DateTimeOffset now)
    {
        MustBeAlive();
        (WasShown, ShownBefore, PublishedAt, WithdrawnAt, WithdrawReason, Submission) = (WasShown || PublishedAt is not null, PublishedAt, null, now, reason, Submission + 1);
        Changed();
    }

    /// <returns>False when it is public already: publishing twice is once.</returns>
    public bool Publish(DateTimeOffset now)
    {
        if (PublishedAt is not null || !IsAlive) return false;
        (PublishedAt, ReturnedAt, ReturnReason, HiddenAt, ReasonCode, WasShown) = (now, null, null, null, null, true);
        Changed();
        return true;
    }

    public void Return(string reason, string text, DateTimeOffset now)
    {
        (PublishedAt, ReturnedAt, ReturnReason, HiddenAt, ReasonCode) = (null, now, text, null, reason);
        Changed();
    }

    public void Hide(string reason, DateTimeOffset now)
    {
        (PublishedAt, ReturnedAt, ReturnReason, HiddenAt, ReasonCode) = (null, null, null, now, reason);
        Changed();
    }

    public void SuggestMerge(int other)
    {
        if (SuggestedMerge == other) return;
        SuggestedMerge = other;
        Version++;
    }

    /// <returns>False: this decision, or a later one, has been heard; or it is about words that have changed since.</returns>
    public bool Hears(long decision, long of)
    {
        if (decision <= DecisionHeard) return false;
        DecisionHeard = decision;
        return of == Submission;
    }

    /// <param name="since">Null: it is answered.</param>
    /// <returns>False when this or something later about an appeal has been heard.</returns>
    public bool HearsAppeal(long sequence, DateTimeOffset? since)
    {
        if (sequence <= AppealHeard) return false;
        (AppealHeard, AppealedAt) = (sequence, since);
        Version++;
        return true;
    }

    /// <summary>The decision against it falls, also one that has not come yet.</summary>
    public void Acquit(long sequence) => DecisionHeard = Math.Max(DecisionHeard, sequence);

    /// <summary>The author has corrected what was returned and sends it again.</summary>
    public void Resubmit(Content content, DateTimeOffset now)
    {
        if (ReturnedAt is null) throw new RuleBroken("proposals.not-returned");
        if (AppealedAt is not null) throw new RuleBroken("proposals.appealed");
        (SubmittedAt, ReturnedAt, ReturnReason, ReasonCode) = (now, null, null, null);
        Rewrite(content);
    }

    /// <summary>Other words, which are shown without having waited if the proposal is.</summary>
    public void Rewrite(Content content)
    {
        (Content, Revision, Submission) = (content, Revision + 1, Submission + 1);
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

    void Changed() => (Sequence, Version) = (Sequence + 1, Version + 1);
}
