using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Discovery.Platform.Web;

/// <summary>
/// What an uploaded document is, by its content, and what is kept of it: of pictures only the picture (no EXIF, no place, no comment, nothing after the end),
/// written anew segment by segment. It is never decoded here, so no picture can be too large to decode.
/// </summary>
public static class Papers
{
    public const int Largest = 5 << 20;

    /// <summary>Of one picture: what a scanner makes of two pages A3 at 600 dpi fits in twice.</summary>
    const long MostPixels = 300_000_000;
    const int WidestSide = 20_000 - 1;

    /// <param name="Type">application/pdf, image/png, image/jpeg.</param>
    public sealed record Paper(string Type, string Extension, byte[] Content);

    /// <returns>Null: it is none of the three, or it is broken, or it carries programs.</returns>
    public static Paper? Read(byte[] file)
    {
        if (file.AsSpan().StartsWith("%PDF-"u8)) return IsPlainPdf(file) ? new("application/pdf", ".pdf", file) : null;
        try
        {
            if (file.AsSpan().StartsWith(PngSignature)) return Png(file) is { } png ? new("image/png", ".png", png) : null;
            if (file is [0xff, 0xd8, 0xff, ..]) return Jpeg(file) is { } jpeg ? new("image/jpeg", ".jpg", jpeg) : null;
        }
        // A length that points beyond the end.
        catch (ArgumentException) { }
        catch (IndexOutOfRangeException) { }
        return null;
    }

    /// <summary>A name without what systems take for a path, a second extension or an order to the terminal.</summary>
    public static string Name(string? sent, Paper paper)
    {
        var name = string.Concat((sent?.Split('/', '\\').Last() ?? "").Normalize(NormalizationForm.FormC)
            .Where(c => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse))).Trim();
        var bare = string.Concat((name.LastIndexOf('.') is > 0 and var at ? name[..at] : name).Select(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_' or '(' or ')' ? c : '_')).Trim();
        return (bare.Length == 0 ? "document" : bare.Length > 100 ? bare[..100] : bare) + paper.Extension;
    }

    /// <summary>All of an upload.</summary>
    /// <returns>Null: it is larger than <see cref="Largest"/>.</returns>
    public static async Task<byte[]?> ReadAsync(Stream content, CancellationToken ct)
    {
        var file = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await content.ReadAsync(buffer, ct)) > 0;)
        {
            if (file.Length + read > Largest) return null;
            file.Write(buffer, 0, read);
        }
        return file.ToArray();
    }

    /// <summary>A file to keep and never a page of ours; nothing between here and the reader keeps a copy.</summary>
    public static IResult Send(HttpResponse response, byte[] content, string type, string name)
    {
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return TypedResults.File(content, type, name);
    }

    static ReadOnlySpan<byte> PngSignature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    // A letter of authority runs nothing and holds no other file. What hides these words in a packed stream still meets the reader's own sandbox.
    static bool IsPlainPdf(ReadOnlySpan<byte> file) =>
        file.LastIndexOf("%%EOF"u8) > 0 && file.IndexOf("/JavaScript"u8) < 0 && file.IndexOf("/Launch"u8) < 0 && file.IndexOf("/EmbeddedFile"u8) < 0;

    static byte[]? Png(ReadOnlySpan<byte> file)
    {
        var kept = new MemoryStream(file.Length);
        kept.Write(PngSignature);
        for (var at = 8; ;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file[at..]);
            if (length < 0) return null;
            var type = Encoding.ASCII.GetString(file.Slice(at + 4, 4));
            var data = file.Slice(at + 8, length);
            if (at == 8 && (type != "IHDR" || length != 13 || IsTooLarge(BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..])))) return null;
            if (type is "IHDR" or "PLTE" or "IDAT" or "IEND" or "tRNS" or "gAMA" or "cHRM" or "sRGB" or "sBIT" or "bKGD") kept.Write(file.Slice(at, length + 12));
            if (type == "IEND") return kept.ToArray();
            at = checked(at + length + 12);
        }
    }

    static byte[]? Jpeg(ReadOnlySpan<byte> file)
    {
        var kept = new MemoryStream(file.Length);
        kept.Write(file[..2]);
        var hasFrame = false;
        for (var at = 2; ;)
        {
            if (file[at] != 0xff) return null;
            while (file[at + 1] == 0xff) at++;
            var marker = file[at + 1];
            if (marker == 0xd9)
            {
                kept.Write(file.Slice(at, 2));
                return hasFrame ? kept.ToArray() : null;
            }
            // Between tables and frames stand only segments with a length.
            if (marker is < 0xc0 or >= 0xd0 and <= 0xd8) return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]);
            if (length < 2) return null;
            var segment = file.Slice(at, length + 2);
            if (marker is >= 0xc0 and <= 0xcf and not (0xc4 or 0xc8 or 0xcc))
            {
                if (IsTooLarge(BinaryPrimitives.ReadUInt16BigEndian(segment[7..]), BinaryPrimitives.ReadUInt16BigEndian(segment[5..]))) return null;
                hasFrame = true;
            }
            // JFIF's own density and Adobe's note about colours; all other application data and comments go.
            if (marker is not (>= 0xe0 and <= 0xef or 0xfe) || (marker == 0xe0 && segment[4..].StartsWith("JFIF\0"u8)) || (marker == 0xee && segment[4..].StartsWith("Adobe"u8))) kept.Write(segment);
            at += length + 2;
            if (marker != 0xda) continue;

            var start = at;
            while (!(file[at] == 0xff && file[at + 1] is not (0 or >= 0xd0 and <= 0xd7))) at++;
            kept.Write(file[start..at]);
        }
    }

    static bool IsTooLarge(int width, int height) => width is <= 0 or > WidestSide || height is <= 0 or > WidestSide || (long)width * height > MostPixels;
}
