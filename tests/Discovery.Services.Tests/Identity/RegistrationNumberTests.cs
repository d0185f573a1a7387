using CsCheck;
using Discovery.Identity.Organisations;

namespace Discovery.ServicesTests.Identity;

/// <summary>
/// Every wrong digit and every swap of two neighbours is caught, but for those that the algorithm itself cannot tell from a right number.
/// What those are follows from its arithmetic and is computed here in another way than in the program.
/// </summary>
public sealed class RegistrationNumberTests
{
    [Theory]
    [InlineData("7707083893", "inn"), InlineData("500100732259", "inn"), InlineData("1027700132195", "ogrn"), InlineData("304500116000157", "ogrnip")]
    [InlineData("7ZW8QJWVPR4P1S5PX088", "lei"), InlineData("7H6GLXDRUGQFU57RNE97", "lei")]
    [InlineData("DE136695976", "vat"), InlineData("FI20774740", "vat"), InlineData("PL8567346215", "vat"), InlineData("FR40303265045", "vat"), InlineData("BE0403019261", "vat")]
    public void Right_numbers_are_read(string number, string kind) => Assert.Equal(new(kind, number, true), RegistrationNumber.Read(number));

    [Theory]
    [InlineData("77 07 08 38 93", "7707083893"), InlineData("RU7707083893", "7707083893"), InlineData("de 136.695.976", "DE136695976"), InlineData("be-0403-019-261", "BE0403019261")]
    public void However_they_are_typed(string typed, string number) => Assert.Equal(number, RegistrationNumber.Read(typed)?.Value);

    [Theory]
    [InlineData("KZ-123456789012", "other"), InlineData("ATU12345678", "vat"), InlineData("FRAB123456789", "vat")]
    public void Of_other_countries_only_the_form_is_looked_at(string number, string kind)
    {
        var read = RegistrationNumber.Read(number)!;
        Assert.Equal((kind, false), (read.Kind, read.IsChecked));
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("7707083894"), InlineData("123"), InlineData("12345678901"), InlineData("DE13669597"), InlineData("AT12345678"), InlineData("3027700132195"), InlineData("not a number!"), InlineData("7ZW8QJWVPR4P1S5PX08")]
    [InlineData("<script>"), InlineData("٧٧٠٧٠٨٣٨٩٣")]
    public void What_is_no_number_is_refused(string? typed) => Assert.Null(RegistrationNumber.Read(typed));

    [Fact]
    public void Taxpayer_numbers_of_10_digits_miss_only_a_remainder_of_10() =>
        Caught(Digits(9), WithInn, number => [Weighted(number, [2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11], 10);

    [Fact]
    public void Taxpayer_numbers_of_12_digits_miss_only_a_remainder_of_10() =>
        Caught(Digits(10), d => WithInn(WithInn(d)), number => [Weighted(number, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11, Weighted(number, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11], 10);

    [Fact]
    public void State_numbers_miss_only_a_remainder_of_10() =>
        Caught(Digits(11), d => $"1{d}{long.Parse("1" + d) % 11 % 10}", number => [(int)(long.Parse(number[..12]) % 11)], 10);

    [Fact]
    public void State_numbers_of_sole_traders_miss_only_remainders_from_10_to_12() =>
        Caught(Digits(13), d => $"3{d}{long.Parse("3" + d) % 13 % 10}", number => [(int)(long.Parse(number[..14]) % 13)], 10);

    [Fact]
    public void Finnish_numbers_miss_nothing() =>
        Caught(Digits(7), d => (11 - Weighted(d, [7, 9, 10, 5, 8, 4, 2]) % 11) % 11 is var c && c < 10 ? "FI" + d + c : null);

    [Fact]
    public void Polish_numbers_miss_nothing() =>
        Caught(Digits(9), d => Weighted(d, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 is var c && c < 10 ? "PL" + d + c : null);

    [Fact]
    public void Belgian_numbers_miss_nothing() =>
        Caught(Digits(7), d => $"BE0{d}{97 - long.Parse(d) % 97:D2}");

    [Fact]
    public void French_numbers_miss_nothing() =>
        Caught(Digits(8), d => d + (10 - Doubled(d) % 10) % 10 is var siren ? $"FR{(12 + 3 * (long.Parse(siren) % 97)) % 97:D2}{siren}" : null);

    // 2q mod 11 − q is the same for q = 5 and q = 6: two neighbours that bring the sum to 5 and to 6 may change places.
    [Fact]
    public void German_numbers_miss_one_swap_in_forty_five()
    {
        var (missed, swaps) = (0, 0);
        Digits(8).Where(d => d[0] != '0').Sample(digits =>
        {
            var number = "DE" + digits + German(digits);
            Assert.True(RegistrationNumber.Read(number)?.IsChecked);
            foreach (var wrong in Mistyped(number)) Assert.Null(RegistrationNumber.Read(wrong));
            for (var i = 2; i < number.Length - 1; i++)
            {
                if (number[i] == number[i + 1] || (i == 2 && number[3] == '0')) continue;
                Interlocked.Increment(ref swaps);
                if (RegistrationNumber.Read(Swapped(number, i)) is null) continue;
                var before = Product(number[2..i]);
                Assert.Equal([5, 6], new[] { number[i], number[i + 1] }.Select(c => (c - '0' + before) % 10).Order());
                Interlocked.Increment(ref missed);
            }
        }, iter: 5000);
        Assert.InRange(missed / (double)swaps, 0.01, 0.03);
    }

    // As digits B1 and 1B are both 111, M2 and 2M 222, X3 and 3X 333.
    [Fact]
    public void Identifiers_of_legal_entities_miss_only_those_that_read_the_same()
    {
        var character = Gen.Char["0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
        character.Array[18].Select(c => new string(c)).Sample(body =>
        {
            var number = body + $"{98 - Big(body + "00") % 97:D2}";
            Assert.Equal("lei", RegistrationNumber.Read(number)?.Kind);
            foreach (var wrong in Mistyped(number)) Assert.Null(RegistrationNumber.Read(wrong));
            for (var i = 0; i < 18; i++)
                for (var c = 'A'; c <= 'Z' && char.IsAsciiLetter(number[i]); c++)
                    if (c != number[i]) Assert.Null(RegistrationNumber.Read(number[..i] + c + number[(i + 1)..]));
            for (var i = 0; i < 19; i++)
            {
                if (number[i] == number[i + 1]) continue;
                var pair = string.Concat(number.Substring(i, 2).Order());
                Assert.Equal(pair is "1B" or "2M" or "3X" && i < 17, RegistrationNumber.Read(Swapped(number, i)) is not null);
            }
        }, iter: 3000);
    }

    /// <param name="remainders">Those that the check digits are made of.</param>
    /// <param name="ambiguous">From this remainder on its last digit is that of another one.</param>
    static void Caught(Gen<string> digits, Func<string, string?> number, Func<string, int[]>? remainders = null, int ambiguous = int.MaxValue)
    {
        var (looked, missed) = (0, 0);
        digits.Select(number).Where(n => n is not null).Sample(right =>
        {
            Assert.True(RegistrationNumber.Read(right)?.IsChecked, right);
            foreach (var wrong in Mistyped(right!).Concat(Enumerable.Range(0, right!.Length - 1).Where(i => right[i] != right[i + 1] && char.IsAsciiDigit(right[i]) && char.IsAsciiDigit(right[i + 1])).Select(i => Swapped(right, i))))
            {
                Interlocked.Increment(ref looked);
                if (RegistrationNumber.Read(wrong) is null) continue;
                Assert.True(remainders is not null && remainders(right).Concat(remainders(wrong)).Any(r => r >= ambiguous), $"{right} and {wrong} are both taken");
                Interlocked.Increment(ref missed);
            }
        }, iter: 3000);
        Assert.True(looked > 100_000, "too little was looked at");
        Assert.InRange(missed / (double)looked, 0, 0.05);
    }

    static Gen<string> Digits(int count) => Gen.Char['0', '9'].Array[count].Select(d => new string(d));

    static string WithInn(string rest)
    {
        int[] weights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
        return rest + Weighted(rest, weights[^rest.Length..]) % 11 % 10;
    }

    static int Weighted(string digits, int[] weights) => weights.Select((w, i) => w * (digits[i] - '0')).Sum();

    // Luhn before its check digit: every second digit from the right counts double.
    static int Doubled(string digits) => digits.Reverse().Select((c, i) => (c - '0') * (2 - i % 2)).Sum(d => d / 10 + d % 10);

    static int Product(string digits) => digits.Aggregate(10, (p, c) => 2 * ((c - '0' + p) % 10 is 0 ? 10 : (c - '0' + p) % 10) % 11);

    static int German(string digits) => (11 - Product(digits)) % 10;

    static int Big(string text) => (int)(System.Numerics.BigInteger.Parse(string.Concat(text.Select(c => char.IsAsciiDigit(c) ? $"{c}" : $"{c - 'A' + 10}"))) % 97);

    static IEnumerable<string> Mistyped(string number) =>
        from i in Enumerable.Range(0, number.Length)
        where char.IsAsciiDigit(number[i])
        from digit in "0123456789"
        where digit != number[i]
        select number[..i] + digit + number[(i + 1)..];

    static string Swapped(string number, int i) => number[..i] + number[i + 1] + number[i] + number[(i + 2)..];
}
