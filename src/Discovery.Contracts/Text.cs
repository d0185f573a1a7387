namespace Discovery.Contracts;

/// <summary>
/// A text in several languages: ISO 639-1 code to text, for example <c>{"ru": "Да", "en": "Yes"}</c>.
/// A dictionary and not two members, so that a third language is data and not a change of every contract.
/// </summary>
public sealed class Text : SortedDictionary<string, string>
{
    public Text() : base(StringComparer.Ordinal) { }

    public Text(string ru, string en) : this() => (this["ru"], this["en"]) = (ru, en);

    // A form that is left empty binds null, whatever the type says.
    /// <summary>The text in <paramref name="language"/>; where it is missing, in whatever language there is.</summary>
    public string In(string language) =>
        TryGetValue(language, out var text) && !string.IsNullOrEmpty(text) ? text : Values.FirstOrDefault(v => !string.IsNullOrEmpty(v)) ?? "";

    /// <summary>The language that <see cref="In"/> answers in: pages mark a text of another language with it.</summary>
    public string LanguageFor(string language) =>
        TryGetValue(language, out var text) && !string.IsNullOrEmpty(text) ? language : this.FirstOrDefault(t => !string.IsNullOrEmpty(t.Value)).Key ?? language;
}
