using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Discovery.Testing;

/// <summary>A mail server of the test's own, on loopback. Addresses that begin with <c>bounced</c> are refused for good, and the first letter to <c>busy…</c> for now.</summary>
public sealed class Mailbox : IAsyncDisposable
{
    readonly CancellationTokenSource end = new();
    readonly Store store = new();
    readonly Task running;

    Mailbox(int port)
    {
        Address = $"smtp://127.0.0.1:{port}";
        var services = new ServiceProvider();
        services.Add((IMessageStore)store);
        running = new SmtpServer.SmtpServer(new SmtpServerOptionsBuilder().ServerName("test").Endpoint(e => e.Endpoint(new IPEndPoint(IPAddress.Loopback, port))).Build(), services).StartAsync(end.Token);
    }

    public string Address { get; }

    public IReadOnlyCollection<MimeMessage> Letters => store.Letters;

    public static Mailbox Open()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new(port);
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        try { await running; }
        catch (OperationCanceledException) { }
        end.Dispose();
    }

    sealed class Store : MessageStore
    {
        readonly ConcurrentDictionary<string, bool> busy = new();

        public ConcurrentQueue<MimeMessage> Letters { get; } = new();

        public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            var to = transaction.To.Single().User;
            if (to.StartsWith("bounced", StringComparison.Ordinal)) return new(SmtpReplyCode.MailboxUnavailable, "no such mailbox");
            if (to.StartsWith("busy", StringComparison.Ordinal) && busy.TryAdd(to, true)) return new(SmtpReplyCode.Aborted, "try again later");
            using var stream = new MemoryStream(buffer.ToArray());
            Letters.Enqueue(await MimeMessage.LoadAsync(stream, cancellationToken));
            return SmtpResponse.Ok;
        }
    }
}
