using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Discovery.Bench;

/// <summary>A process that the bench has started, and ends: what it costs is read from /proc.</summary>
internal sealed class Child : IAsyncDisposable
{
    readonly Process process;

    Child(Process process) => this.process = process;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Another part of this program.</summary>
    public static Child Self(IReadOnlyDictionary<string, string>? environment, params string[] args) => Start(Environment.ProcessPath!, environment, args);

    public static Child Start(string program, IReadOnlyDictionary<string, string>? environment, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new(Process.Start(start)!);
    }

    /// <summary>Its output, once it has ended by itself.</summary>
    public async Task<string> FinishAsync()
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)} ended with {process.ExitCode}: {await errors}");
    }

    public async Task ExpectAsync(string line)
    {
        string? next;
        do next = await process.StandardOutput.ReadLineAsync();
        while (next is not null && next != line);
        if (next is null) throw new InvalidOperationException($"It ended before it was {line}: " + await process.StandardError.ReadToEndAsync());
    }

    public async Task SayAsync(string line)
    {
        await process.StandardInput.WriteLineAsync(line);
        await process.StandardInput.FlushAsync();
    }

    /// <summary>Reads on what nobody wants to see, so that the pipe never fills.</summary>
    public Child Quiet()
    {
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardError.BaseStream.CopyToAsync(Environment.GetEnvironmentVariable("BENCH_LOG") is null ? Stream.Null : Console.OpenStandardError());
        return this;
    }

    /// <summary>A line of /proc/PID/status in megabytes: VmHWM is the peak of resident memory, VmRSS what it is now.</summary>
    public double? Megabytes(string name)
    {
        try
        {
            var line = File.ReadLines($"/proc/{Id}/status").FirstOrDefault(l => l.StartsWith(name + ":", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Trim(), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException) { return null; }
    }

    /// <summary>Processor time of a process so far, in seconds; 0 where it is gone.</summary>
    public static double Cpu(int pid) => Stat(pid) is { } f ? (Number(f[11]) + Number(f[12])) / 100.0 : 0;

    /// <summary>The same for its children that have ended.</summary>
    public static double CpuOfTheDead(int pid) => Stat(pid) is { } f ? (Number(f[13]) + Number(f[14])) / 100.0 : 0;

    public static int Parent(int pid) => Stat(pid) is { } f ? (int)Number(f[1]) : 0;

    public static string CommandLine(int pid)
    {
        try { return File.ReadAllText($"/proc/{pid}/cmdline"); }
        catch (IOException) { return ""; }
    }

    static string[]? Stat(int pid)
    {
        try { return File.ReadAllText($"/proc/{pid}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries); }
        catch (IOException) { return null; }
    }

    static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Process.Start("kill", Id.ToString(CultureInfo.InvariantCulture)).WaitForExit();     // a polite end: Kill would leave the databases to recover
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            try { await process.WaitForExitAsync(patience.Token); }
            catch (OperationCanceledException) { process.Kill(); }
        }
        process.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static async Task<TimeSpan> ReadyAsync(string address, Stopwatch since)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        while (since.Elapsed < TimeSpan.FromSeconds(90))
        {
            try
            {
                if ((await http.GetAsync(address + "/health/ready")).IsSuccessStatusCode) return since.Elapsed;
            }
            catch (HttpRequestException) { }
            await Task.Delay(10);
        }
        throw new TimeoutException(address + " did not become ready.");
    }
}
