namespace Discovery.Identity.Accounts;

/// <summary>What people agree to when they sign up: the page about privacy, in the version of this day. A new wording gets a new version here.</summary>
internal static class Terms
{
    public const string Document = "privacy", Version = "2026-11-27";
}
