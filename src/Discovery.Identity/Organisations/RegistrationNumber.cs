namespace Discovery.Identity.Organisations;

/// <summary>A number of an organisation in a register.</summary>
/// <param name="Kind"><c>inn</c>, <c>ogrn</c>, <c>ogrnip</c>, <c>lei</c>, <c>vat</c>, <c>other</c>.</param>
/// <param name="Value">Without blanks and dashes, upper case; a VAT number has its country in front.</param>
/// <param name="IsChecked">Its check digits are known here and right; otherwise only its form was looked at.</param>
internal sealed record RegistrationNumber(string Kind, string Value, bool IsChecked)
{
    /// <summary>A taxpayer number, which is what an import brings; null where there is none.</summary>
    public static RegistrationNumber? Inn(string? number) => string.IsNullOrWhiteSpace(number) ? null : new("inn", number.Trim(), true);
}
