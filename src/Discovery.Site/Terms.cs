using System.Globalization;

namespace Discovery.Site;

/// <summary>
/// What people agree to when they sign up: the page on personal data, in the version that was shown to them. Whoever changes its texts
/// (<c>about.privacy.*</c>) changes the version too; a test compares them.
/// </summary>
public static class Terms
{
    /// <summary>Name of the document in the record of consents.</summary>
    public const string Document = "privacy";

    /// <summary>The day from which the texts read as they do.</summary>
    public const string Version = "2026-11-27";

    /// <summary>The version in words of the page's language.</summary>
    public static string Day => DateOnly.ParseExact(Version, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("D", CultureInfo.CurrentCulture);
}
