using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Discovery.Platform.Messaging;
using Microsoft.AspNetCore.Http;

namespace Discovery.Platform.Web;

/// <summary>
/// What one service holds of the person who asks, as a zip: <c>data.json</c> with all of it, and each list once more as CSV.
/// It is made for the answer and kept nowhere: there is no address under which it could be had without a session.
/// </summary>
public sealed class OwnData(string service)
{
    static readonly JsonSerializerOptions Readable = new(Wire.Json) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly Dictionary<string, object> lists = [];
    readonly List<(string Name, byte[] Content)> files = [];

    /// <param name="name">Of the list in <c>data.json</c> and of its own CSV file.</param>
    public OwnData Add<TRow>(string name, IReadOnlyList<TRow> rows)
    {
        lists.Add(name, rows);
        return AddFile(name + ".csv", Csv.Write(rows));
    }

    public OwnData AddFile(string name, byte[] content)
    {
        files.Add((name, content));
        return this;
    }

    public byte[] ToZip()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files.Prepend(("data.json", JsonSerializer.SerializeToUtf8Bytes(lists, Readable))))
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        return memory.ToArray();
    }

    /// <summary>A download that no cache keeps.</summary>
    public IResult ToResult(HttpContext http, DateTimeOffset now)
    {
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(ToZip(), "application/zip", $"discovery-{service}-{now:yyyy-MM-dd}.zip");
    }
}
