namespace Discovery.Identity.Organisations;

/// <summary>
/// Check digits of register numbers. All catch every wrong digit and every swap of two neighbours, with these exceptions, which lie in the algorithms:
/// ИНН, ОГРН and ОГРНИП write a remainder of 10 (ОГРНИП: 10, 11, 12) as its last digit, so what only moves a remainder between 0 and 10 passes;
/// the German number passes one swap of two neighbours in forty-five at each place; an LEI passes B1 for 1B, M2 for 2M, X3 for 3X
/// (written as digits they are the same), and one in 97 of those errors that put a letter for a digit.
/// </summary>
internal static class CheckDigits
{
    static readonly int[] InnWeights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8], FinnishWeights = [7, 9, 10, 5, 8, 4, 2], PolishWeights = [6, 5, 7, 2, 3, 4, 5, 6, 7];

    /// <summary>ИНН: of an organisation 10 digits, the last is a check digit; of a person 12, the last two are.</summary>
    public static bool Inn(string number) => number.Length == 10 ? InnDigit(number, 9) : InnDigit(number, 10) && InnDigit(number, 11);

    static bool InnDigit(string number, int at) => Weighted(number, InnWeights.AsSpan(InnWeights.Length - at)) % 11 % 10 == Digit(number, at);

    /// <summary>ОГРН (modulus 11) and ОГРНИП (13): the remainder of all digits but the last; of two digits the last counts.</summary>
    public static bool Remainder(string number, int modulus) => long.Parse(number[..^1]) % modulus % 10 == Digit(number, number.Length - 1);

    /// <summary>ISO 17442: ISO 7064 mod 97-10 over letters as two digits, A = 10.</summary>
    public static bool Lei(string number)
    {
        var rest = 0;
        foreach (var c in number) rest = char.IsAsciiDigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
        return rest == 1;
    }

    /// <summary>ISO 7064 mod 11,10.</summary>
    public static bool German(string number)
    {
        var product = 10;
        for (var i = 0; i < 8; i++)
        {
            var sum = (Digit(number, i) + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return (11 - product) % 10 == Digit(number, 8);
    }

    public static bool Finnish(string number) => Weighted(number, FinnishWeights) % 11 is var rest && rest != 1 && (11 - rest) % 11 == Digit(number, 7);

    public static bool Polish(string number) => Weighted(number, PolishWeights) % 11 == Digit(number, 9);

    public static bool Belgian(string number) => 97 - int.Parse(number[..8]) % 97 == int.Parse(number[8..]);

    /// <summary>The key of two digits before the SIREN, which has a check digit (Luhn) of its own.</summary>
    public static bool French(string number) => (12 + 3 * (int.Parse(number[2..]) % 97)) % 97 == int.Parse(number[..2]) && Luhn(number[2..]);

    static bool Luhn(string number)
    {
        var sum = 0;
        for (var i = 0; i < number.Length; i++)
        {
            var digit = Digit(number, number.Length - 1 - i) * (1 + i % 2);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0;
    }

    static int Weighted(string number, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++) sum += weights[i] * Digit(number, i);
        return sum;
    }

    static int Digit(string number, int at) => number[at] - '0';
}
