using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Discovery.Bench;

/// <summary>
/// The load: so many connections, each sending its next request when the last is answered, for so many seconds. Bare sockets and ready-made bytes,
/// because on two cores every microsecond of the load is one that the server lacks.
/// </summary>
internal static class Load
{
    /// <param name="Answers">Answers with status 200 within the time.</param>
    /// <param name="P50">Milliseconds.</param>
    /// <param name="P99">Milliseconds.</param>
    public sealed record Outcome(long Answers, long Others, double Seconds, double P50, double P99)
    {
        public double PerSecond => Answers / Seconds;
    }

    /// <param name="path">Or "@" and a file with a path for each GET.</param>
    /// <param name="requests">File with a line for each request, token TAB body; null for plain GETs.</param>
    public static async Task<Outcome> MeasureAsync(int port, string path, int connections, double seconds, string? requests = null)
    {
        await using var child = Child.Self(null, "load", port.ToString(CultureInfo.InvariantCulture), path, connections.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture), requests ?? "-");
        return JsonSerializer.Deserialize<Outcome>(await child.FinishAsync())!;
    }

    public static async Task<int> RunAsync(string[] args)
    {
        var (port, path, connections, seconds) = (int.Parse(args[0], CultureInfo.InvariantCulture), args[1], int.Parse(args[2], CultureInfo.InvariantCulture), double.Parse(args[3], CultureInfo.InvariantCulture));
        var requests = path.StartsWith('@') ? File.ReadLines(path[1..]).Select(Get).ToArray() : args[4] == "-" ? [Get(path)] : File.ReadLines(args[4]).Select(line => Put(path, line.Split('\t'))).ToArray();
        var sockets = new List<Socket>();
        for (var i = 0; i < connections; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync("127.0.0.1", port);
            sockets.Add(socket);
        }
        var clock = Stopwatch.StartNew();
        var outcomes = await Task.WhenAll(sockets.Select((s, i) => Task.Run(() => DriveAsync(s, requests, i, connections, clock, seconds))));
        var elapsed = clock.Elapsed.TotalSeconds;
        var times = outcomes.SelectMany(o => o.Times).Order().ToArray();
        double At(double share) => times.Length == 0 ? double.NaN : Stopwatch.GetElapsedTime(0, times[(int)(share * (times.Length - 1))]).TotalMilliseconds;
        Console.WriteLine(JsonSerializer.Serialize(new Outcome(times.Length, outcomes.Sum(o => o.Others), elapsed, times.Length == 0 ? 0 : At(0.5), times.Length == 0 ? 0 : At(0.99))));
        sockets.ForEach(s => s.Dispose());
        return 0;
    }

    static async Task<(List<long> Times, long Others)> DriveAsync(Socket socket, byte[][] requests, int first, int step, Stopwatch clock, double seconds)
    {
        var (times, others, buffer) = (new List<long>(4096), 0L, new byte[64 << 10]);
        for (var next = first % requests.Length; clock.Elapsed.TotalSeconds < seconds; next = (next + step) % requests.Length)
        {
            var start = Stopwatch.GetTimestamp();
            await socket.SendAsync(requests[next]);
            if (await AnswerAsync(socket, buffer)) times.Add(Stopwatch.GetTimestamp() - start);
            else others++;
        }
        return (times, others);
    }

    /// <summary>Reads one answer to its end; whether its status is 200.</summary>
    static async Task<bool> AnswerAsync(Socket socket, byte[] buffer)
    {
        var (length, head, end, ok) = (0, -1, -1L, false);
        var total = 0L;
        while (true)
        {
            // The head stays where it is; of a long body only the last bytes are looked at.
            if (length > buffer.Length / 2) (length, _) = (Keep(buffer, length), 0);
            var read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0) throw new IOException("The server has hung up.");
            (length, total) = (length + read, total + read);
            if (head < 0)
            {
                head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
                if (head < 0) continue;
                ok = buffer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8);
                end = Length(buffer.AsSpan(0, head)) is { } body ? head + 4 + body : -1;
            }
            if (end >= 0 ? total >= end : buffer.AsSpan(0, length).EndsWith("0\r\n\r\n"u8)) return ok;
        }
    }

    static int Keep(byte[] buffer, int length)
    {
        buffer.AsSpan(length - 8, 8).CopyTo(buffer);
        return 8;
    }

    static long? Length(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) return null;
        var text = head[(at + 16)..];
        var line = text.IndexOf((byte)'\r');
        return long.Parse(line < 0 ? text : text[..line], CultureInfo.InvariantCulture);
    }

    static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: bench\r\nAccept-Language: ru\r\n\r\n");

    static byte[] Put(string path, string[] line) => Encoding.ASCII.GetBytes(
        $"PUT {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {line[0]}\r\nContent-Type: application/json\r\nContent-Length: {line[1].Length}\r\n\r\n{line[1]}");
}
