using FluentValidation;

namespace Discovery.Proposals.Proposals;

/// <summary>The reason of an act that everybody can read: it is never empty.</summary>
internal static class Reasons
{
    const int Least = 5, Most = 1000;

    public static string Clean(string? reason) => PlainText.Paragraphs(reason);

    public static void IsReason<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(reason => Clean(reason).Length >= Least).WithMessage("proposals.reason.missing")
            .Must(reason => Clean(reason).Length <= Most).WithMessage("proposals.reason.long");
}
