namespace Discovery.Moderation;

/// <summary>The service's own texts: <c>Texts.ru.resx</c>, <c>Texts.en.resx</c>.</summary>
internal sealed class Texts;
