namespace Discovery.Moderation.Hints;

/// <summary>What a program has noticed. It decides nothing: a moderator looks at it.</summary>
/// <param name="Kind">duplicate, links, contacts, words or capitals.</param>
/// <param name="Found">The passage.</param>
/// <param name="Other">The content that says the same.</param>
internal sealed record Hint(string Kind, string? Found = null, Guid? Other = null)
{
    public const string Duplicate = "duplicate", Links = "links", Contacts = "contacts", Words = "words", Capitals = "capitals";
}
