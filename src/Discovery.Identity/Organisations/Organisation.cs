using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Platform;

namespace Discovery.Identity.Organisations;

/// <summary>An organisation on the books. What an official or a tool enters is verified from the start; what a person registers becomes so with its first verified mandate.</summary>
internal sealed class Organisation
{
    public required Guid Id { get; init; }
    public required Text Name { get; set; }

    /// <summary>The name for search and order: databases sort Cyrillic each in its own way.</summary>
    public required string SearchName { get; set; }

    public required string Kind { get; set; }

    /// <summary>ООО, АО, GmbH …, as its owner writes it.</summary>
    public string? LegalForm { get; set; }

    /// <summary>Which register the number is of: <c>inn</c>, <c>ogrn</c>, <c>ogrnip</c>, <c>lei</c>, <c>vat</c> (with its country in front), <c>other</c>.</summary>
    public string? NumberKind { get; set; }

    /// <summary>Without blanks, upper case; unique where it is known.</summary>
    public string? RegistrationNumber { get; set; }

    /// <summary>Its check digits are known and right. Otherwise only its form was looked at, and pages say "not checked".</summary>
    public bool IsNumberChecked { get; set; }

    /// <summary><c>micro</c>, <c>small</c>, <c>medium</c>, <c>large</c>.</summary>
    public string? Size { get; set; }

    /// <summary>Key of a cell of the region's honeycomb.</summary>
    public string? Municipality { get; set; }

    /// <summary>ОКВЭД2 or NACE. Never demanded: emerging industries have none.</summary>
    public string? Activity { get; set; }

    /// <summary>The ultimate owner that it shares with its affiliates: itself where it has none.</summary>
    public required Guid Family { get; set; }

    /// <summary>An official has checked that mail of this domain is the organisation's own: <c>biopolimer.example</c>.</summary>
    public string? Domain { get; set; }

    /// <summary>The address in the frame, by mail or by post: codes go there, and no page but the officials' shows it.</summary>
    public string? FrameAddress { get; set; }

    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Who entered it; empty for a tool.</summary>
    public Guid RegisteredBy { get; init; }

    public DateTimeOffset? VerifiedAt { get; set; }
    public DateTimeOffset? LiquidatedAt { get; set; }

    /// <summary>Two people claim it, since then: neither acts for it until an official decides.</summary>
    public DateTimeOffset? DisputedAt { get; set; }

    /// <summary>Of the last fact; also the concurrency token.</summary>
    public long Sequence { get; set; }

    public static Organisation Register(Guid id, Text name, string kind, RegistrationNumber? number, string? municipality, Guid? family, DateTimeOffset now, Guid by = default, bool verified = true) => new()
    {
        Id = id,
        Name = name,
        SearchName = Names.ForSearch(name, number?.Value),
        Kind = kind,
        NumberKind = number?.Kind,
        RegistrationNumber = number?.Value,
        IsNumberChecked = number?.IsChecked == true,
        Municipality = string.IsNullOrWhiteSpace(municipality) ? null : municipality.Trim(),
        Family = family ?? id,
        RegisteredAt = now,
        RegisteredBy = by,
        VerifiedAt = verified ? now : null,
        Sequence = 1,
    };

    /// <summary>Nobody new speaks for it while two argue about it, and never after its end.</summary>
    public void MustTakeMandates()
    {
        if (LiquidatedAt is not null) throw new RuleBroken("identity.organisation.liquidated");
        if (DisputedAt is not null) throw new RuleBroken("identity.organisation.disputed");
    }

    /// <summary>May somebody act for it now?</summary>
    public bool MayAct => VerifiedAt is not null && LiquidatedAt is null && DisputedAt is null;

    public OrganisationRegistered Registered() => new(Id, Sequence, RegisteredAt, Name, Kind, Family, Municipality, VerifiedAt is not null);

    /// <summary>The first mandate is verified. Null where it was verified before.</summary>
    public OrganisationVerified? Verify(DateTimeOffset now)
    {
        if (VerifiedAt is not null) return null;
        VerifiedAt = now;
        return new(Id, ++Sequence, now, Name, Kind, Family, Municipality);
    }

    public void Call(Text name, RegistrationNumber? number)
    {
        (Name, SearchName) = (name, Names.ForSearch(name, number?.Value));
        (NumberKind, RegistrationNumber, IsNumberChecked) = (number?.Kind, number?.Value, number?.IsChecked == true);
    }

    /// <summary>The fact of whatever was changed on it.</summary>
    public OrganisationChanged Changed(DateTimeOffset now) =>
        new(Id, ++Sequence, now, Name, Kind, Family, Municipality, VerifiedAt is not null, DisputedAt is not null, LiquidatedAt is not null);
}

internal static class OrganisationSizes
{
    public static readonly IReadOnlyList<string> All = ["micro", "small", "medium", "large"];
}
