using FluentValidation;

namespace Discovery.Rounds.Phases;

/// <summary>An official's act that asks for nothing but the reason, which everybody reads.</summary>
internal sealed class Reasoned
{
    public string? Reason { get; set; }
}

internal static class Reasons
{
    const int Most = 500;

    public static void IsReason<T>(this IRuleBuilder<T, string?> rule) => rule.Must(r => r?.Trim().Length is > 0 and <= Most).WithMessage("rounds.reason.missing");
}
