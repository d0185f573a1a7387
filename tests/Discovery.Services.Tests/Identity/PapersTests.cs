using System.Buffers.Binary;
using System.Text;
using CsCheck;
using Discovery.Platform.Web;

namespace Discovery.ServicesTests.Identity;

public sealed class PapersTests
{
    [Fact]
    public void Check42_pictures_lose_everything_but_the_picture()
    {
        var jpeg = Papers.Read([.. Pictures.Jpeg("GPS 55.75"), .. "<?php evil"u8])!;
        Assert.Equal("image/jpeg", jpeg.Type);
        Assert.Equal(Pictures.Jpeg(null), jpeg.Content);
        var png = Papers.Read([.. Pictures.Png("GPS 55.75"), .. "PK\x03\x04"u8])!;
        Assert.Equal("image/png", png.Type);
        Assert.Equal(Pictures.Png(null), png.Content);
    }

    [Fact]
    public void Check42_pictures_that_are_too_large_or_broken_are_refused()
    {
        Assert.Null(Papers.Read(Pictures.Png(null, 20_000, 20_000)));
        Assert.Null(Papers.Read(Pictures.Jpeg(null, 65_535, 65_535)));
        Assert.Null(Papers.Read(Pictures.Png(null)[..^12]));
        Assert.Null(Papers.Read(Pictures.Jpeg(null)[..^2]));
        Assert.Null(Papers.Read([0xff, 0xd8, 0xff]));
    }

    [Fact]
    public void Nothing_that_is_thrown_at_it_makes_it_fall() =>
        Gen.Select(Gen.Int[0, 3], Gen.Byte.Array[0, 200]).Sample((kind, rest) => { Papers.Read([.. kind switch { 0 => "%PDF-"u8.ToArray(), 1 => Pictures.Png("x")[..20], 2 => Pictures.Jpeg("x")[..12], _ => [] }, .. rest]); }, iter: 20_000);

    [Theory]
    [InlineData("приказ.pdf", "приказ.pdf"), InlineData("C:\\x\\order.pdf.exe", "order_pdf.pdf"), InlineData("../../etc/passwd", "passwd.pdf"), InlineData(null, "document.pdf"), InlineData("a\u202egnp.pdf", "agnp.pdf"), InlineData("<b>\".pdf", "_b__.pdf")]
    public void Names_of_files_are_only_names(string? sent, string kept) => Assert.Equal(kept, Papers.Name(sent, new("application/pdf", ".pdf", [])));
}

/// <summary>The smallest pictures that are whole.</summary>
internal static class Pictures
{
    /// <param name="secret">What a camera writes beside the picture.</param>
    public static byte[] Jpeg(string? secret, int width = 8, int height = 8)
    {
        var file = new List<byte> { 0xff, 0xd8 };
        void Segment(byte marker, byte[] data) => file.AddRange([0xff, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data]);
        Segment(0xe0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        if (secret is not null)
        {
            Segment(0xe1, [.. "Exif\0\0"u8, .. Encoding.ASCII.GetBytes(secret)]);
            Segment(0xfe, Encoding.ASCII.GetBytes(secret));
        }
        Segment(0xdb, [0, .. Enumerable.Repeat((byte)16, 64)]);
        Segment(0xc0, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]);
        Segment(0xc4, [0, 1, .. new byte[15], 0]);
        Segment(0xda, [1, 1, 0, 0, 63, 0]);
        file.AddRange([0x3f, 0xff, 0x00, 0x12, 0xff, 0xd0, 0x34, 0xff, 0xd9]);
        return [.. file];
    }

    /// <inheritdoc cref="Jpeg"/>
    public static byte[] Png(string? secret, int width = 1, int height = 1)
    {
        var file = new List<byte> { 0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10 };
        void Chunk(string type, byte[] data)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
            // Readers that show the picture check the sum; the cleaning does not.
            file.AddRange([.. length, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0]);
        }
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Chunk("IHDR", header);
        if (secret is not null)
        {
            Chunk("tEXt", Encoding.ASCII.GetBytes("Comment\0" + secret));
            Chunk("eXIf", Encoding.ASCII.GetBytes(secret));
        }
        Chunk("IDAT", [1, 2, 3]);
        Chunk("IEND", []);
        return [.. file];
    }
}
