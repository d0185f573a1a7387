namespace Discovery.Identity;

/// <summary>The texts of this service: <c>Texts.ru.resx</c>, <c>Texts.en.resx</c>.</summary>
internal sealed class Texts;
