using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace Discovery.Site.Charts;

/// <summary>
/// Text of an SVG drawing. Presentation attributes only, so that pages need no inline styles; numbers always with a point.
/// </summary>
internal sealed class Svg : IHtmlContent
{
    private static readonly HtmlEncoder Letters = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder text = new();

    /// <summary>Markup of our own: interpolated strings are encoded, numbers written with two decimals at most.</summary>
    public Svg Add([InterpolatedStringHandlerArgument("")] Markup markup)
    {
        _ = markup;
        return this;
    }

    public Svg Add(Svg part)
    {
        text.Append(part.text);
        return this;
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(text);

    public override string ToString() => text.ToString();

    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        private readonly StringBuilder text;

        public Markup(int literalLength, int formattedCount, Svg svg)
        {
            _ = formattedCount;
            text = svg.text;
            text.EnsureCapacity(text.Length + literalLength);
        }

        public void AppendLiteral(string literal) => text.Append(literal);

        public void AppendFormatted(string? value) => text.Append(Letters.Encode(value ?? ""));

        public void AppendFormatted(int value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(double value) => text.Append(value.ToString("0.##", CultureInfo.InvariantCulture));

        public void AppendFormatted(IEnumerable<(double X, double Y)> points)
        {
            var first = true;
            foreach (var (x, y) in points)
            {
                if (!first) text.Append(' ');
                first = false;
                AppendFormatted(x);
                text.Append(',');
                AppendFormatted(y);
            }
        }
    }
}
