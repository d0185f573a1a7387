using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>
/// The pattern of a receipt: 19 cells, the colour of cell i from byte i of the SHA-256 of the code (upper case, without separators).
/// Anyone can draw it again; two codes hardly ever share it.
/// </summary>
public static class ReceiptPattern
{
    private static readonly int[] Rows = [3, 4, 5, 4, 3];

    public static IHtmlContent Draw(string code, string name)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsLetterOrDigit)).ToUpperInvariant()));
        var svg = new Svg().Add($"<svg class=\"print-art\" viewBox=\"0 0 220 220\" width=\"190\" height=\"190\" role=\"img\" aria-label=\"{name}\">");
        var cell = 0;
        for (var row = 0; row < Rows.Length; row++)
            for (var column = 0; column < Rows[row]; column++)
            {
                var colour = (bytes[cell++] % 8) switch { < 4 => "a", < 6 => "b2", _ => "c" };
                svg.Add($"<path class=\"{colour}\" d=\"M{110 - 19 * (Rows[row] - 1) + 38 * column} {24 + 33 * row}l17.3 10v20l-17.3 10l-17.3-10v-20Z\"/>");
            }
        return svg.Add($"</svg>");
    }
}
