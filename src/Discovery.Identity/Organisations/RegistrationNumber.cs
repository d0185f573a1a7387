using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Discovery.Identity.Organisations;

/// <summary>A number of an organisation in a register. Which register is told by its form; numbers of other countries have the country in front.</summary>
/// <param name="Kind"><c>inn</c>, <c>ogrn</c>, <c>ogrnip</c>, <c>lei</c>, <c>vat</c>, <c>other</c>.</param>
/// <param name="Value">Without blanks and dashes, upper case; a VAT number has its country in front.</param>
/// <param name="IsChecked">Its check digits are known here and right; otherwise only its form was looked at.</param>
internal sealed partial record RegistrationNumber(string Kind, string Value, bool IsChecked)
{
    /// <summary>VAT numbers whose check digits are known here: form and check, both without the country.</summary>
    static readonly FrozenDictionary<string, (Regex Form, Func<string, bool> Check)> CheckedVat = new Dictionary<string, (Regex, Func<string, bool>)>
    {
        ["DE"] = (new(@"^[1-9]\d{8}\z"), CheckDigits.German),
        ["FI"] = (new(@"^\d{8}\z"), CheckDigits.Finnish),
        ["PL"] = (new(@"^\d{10}\z"), CheckDigits.Polish),
        ["BE"] = (new(@"^[01]\d{9}\z"), CheckDigits.Belgian),
        ["FR"] = (new(@"^\d{11}\z"), CheckDigits.French),
    }.ToFrozenDictionary();

    /// <summary>The other members of the Union: only the form.</summary>
    static readonly FrozenDictionary<string, Regex> OtherVat = new Dictionary<string, string>
    {
        ["AT"] = @"U\d{8}", ["BG"] = @"\d{9,10}", ["CY"] = @"\d{8}[A-Z]", ["CZ"] = @"\d{8,10}", ["DK"] = @"\d{8}", ["EE"] = @"\d{9}", ["EL"] = @"\d{9}",
        ["ES"] = @"[A-Z0-9]\d{7}[A-Z0-9]", ["HR"] = @"\d{11}", ["HU"] = @"\d{8}", ["IE"] = @"\d[A-Z0-9]\d{5}[A-Z]{1,2}", ["IT"] = @"\d{11}", ["LT"] = @"(\d{9}|\d{12})",
        ["LU"] = @"\d{8}", ["LV"] = @"\d{11}", ["MT"] = @"\d{8}", ["NL"] = @"\d{9}B\d{2}", ["PT"] = @"\d{9}", ["RO"] = @"\d{2,10}", ["SE"] = @"\d{12}", ["SI"] = @"\d{8}", ["SK"] = @"\d{10}",
    }.ToFrozenDictionary(v => v.Key, v => new Regex($"^({v.Value})\\z"));

    /// <summary>It names a person (a sole trader), so only officials and the organisation's own people see it.</summary>
    public static bool IsOfPerson(string? kind, string? value) => kind == "ogrnip" || (kind == "inn" && value?.Length == 12);

    /// <summary>Reads what somebody typed: «7707083893», «77 07 08 38 93», "DE 136695976", "KZ-123456789012".</summary>
    /// <returns>Null: of no known form, or a check digit is wrong.</returns>
    public static RegistrationNumber? Read(string? typed)
    {
        var value = Strip(typed);
        if (Lei().IsMatch(value)) return Only("lei", value, CheckDigits.Lei(value));
        if (value.StartsWith("RU", StringComparison.Ordinal)) value = value[2..];
        if (value.Length > 0 && value.All(char.IsAsciiDigit)) return OfDigits(value);
        if (!Abroad().IsMatch(value)) return null;

        var (country, rest) = (value[..2], value[2..]);
        // French keys of two digits are computed; some numbers have letters there, of which only the form is known.
        if (country == "FR" && FrenchWithLetters().IsMatch(rest)) return new("vat", value, false);
        if (CheckedVat.TryGetValue(country, out var known)) return Only("vat", value, known.Form.IsMatch(rest) && known.Check(rest));
        if (OtherVat.TryGetValue(country, out var form)) return form.IsMatch(rest) ? new("vat", value, false) : null;
        return new("other", value, false);
    }

    static RegistrationNumber? OfDigits(string value) => value.Length switch
    {
        10 or 12 => Only("inn", value, CheckDigits.Inn(value)),
        13 => Only("ogrn", value, value[0] is '1' or '5' && CheckDigits.Remainder(value, 11)),
        15 => Only("ogrnip", value, value[0] is '3' && CheckDigits.Remainder(value, 13)),
        _ => null,
    };

    static RegistrationNumber? Only(string kind, string value, bool right) => right ? new(kind, value, true) : null;

    static string Strip(string? typed) =>
        string.Concat((typed ?? "").Normalize(System.Text.NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '–' or '.' or '/'))).ToUpperInvariant();

    [GeneratedRegex(@"^[0-9A-Z]{18}\d{2}\z")]
    private static partial Regex Lei();

    // Shorter than an LEI, so that one with a character too few is not taken for a number of some country.
    [GeneratedRegex(@"^[A-Z]{2}[0-9A-Z]{2,15}\z")]
    private static partial Regex Abroad();

    [GeneratedRegex(@"^([A-HJ-NP-Z][0-9A-HJ-NP-Z]|[0-9][A-HJ-NP-Z])\d{9}\z")]
    private static partial Regex FrenchWithLetters();
}
