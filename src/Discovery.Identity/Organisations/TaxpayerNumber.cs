namespace Discovery.Identity.Organisations;

/// <summary>ИНН: ten digits for an organisation, twelve for a person in business, the last one or two are check digits.</summary>
internal static class TaxpayerNumber
{
    static readonly int[] Weights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

    public static bool IsValid(string number) =>
        number.All(char.IsAsciiDigit) && number.Length switch
        {
            10 => Check(number, 9),
            12 => Check(number, 10) && Check(number, 11),
            _ => false,
        };

    static bool Check(string number, int at)
    {
        var weights = Weights.AsSpan(Weights.Length - at);
        var sum = 0;
        for (var i = 0; i < at; i++) sum += weights[i] * (number[i] - '0');
        return sum % 11 % 10 == number[at] - '0';
    }
}
