using System.Text;

namespace Discovery.Platform.Tables;

/// <summary>The encoding of a text file: a byte order mark says it; else every second byte of UTF-16 is zero, UTF-8 has its rules, and what breaks them was written on an older Russian Windows.</summary>
internal static class Letters
{
    // What tells UTF-16 without a mark from other files.
    const int Sample = 4096;

    static readonly Encoding Utf8 = new UTF8Encoding(false, true), Little = new UnicodeEncoding(false, false, true), Big = new UnicodeEncoding(true, false, true);

    /// <returns>Null: it is no text.</returns>
    public static string? Decode(byte[] file)
    {
        try
        {
            var text = file switch
            {
                [0xef, 0xbb, 0xbf, ..] => Utf8.GetString(file, 3, file.Length - 3),
                [0xff, 0xfe, ..] => Little.GetString(file, 2, file.Length - 2),
                [0xfe, 0xff, ..] => Big.GetString(file, 2, file.Length - 2),
                _ when Zeros(file, 1) => Little.GetString(file),
                _ when Zeros(file, 0) => Big.GetString(file),
                _ => Plain(file),
            };
            return text.Contains('\0') ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    static string Plain(byte[] file)
    {
        try { return Utf8.GetString(file); }
        catch (DecoderFallbackException) { return CodePagesEncodingProvider.Instance.GetEncoding(1251)!.GetString(file); }
    }

    // Separators and names of columns are there in a table of whatever script: one in twenty is enough, and a stray zero in another file is not.
    static bool Zeros(byte[] file, int at)
    {
        var (length, zeros, others) = (Math.Min(file.Length, Sample) & ~1, 0, 0);
        for (var i = 0; i < length; i += 2)
        {
            if (file[i + at] == 0) zeros++;
            if (file[i + 1 - at] == 0) others++;
        }
        return others == 0 && zeros >= 4 && zeros * 40 >= length;
    }
}
