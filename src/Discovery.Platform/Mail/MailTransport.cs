using Discovery.Platform.Persistence;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Discovery.Platform.Mail;

/// <summary>
/// Hands letters to the mail server of <c>Mail:Smtp</c> (<c>smtp://user:password@host:587</c> with STARTTLS where the server offers it, <c>smtps://…:465</c>);
/// without one they lie as <c>.eml</c> files in <c>{Data}/mail</c>, so that everything can be tried. <c>Mail:From</c> is the sender.
/// </summary>
public sealed class MailTransport
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly Uri? server;

    public MailTransport(IConfiguration configuration, ILogger<MailTransport> log)
    {
        if (configuration["Mail:Smtp"] is { Length: > 0 } address)
            server = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "smtp" or "smtps" ? uri : throw new InvalidOperationException("Mail:Smtp must be smtp://host:port or smtps://host:port.");
        else
        {
            Folder = Directory.CreateDirectory(Path.Combine(DatabaseSetup.DataFolder(configuration), "mail")).FullName;
            log.LogWarning("There is no mail server (Mail:Smtp): letters lie in {Folder}", Folder);
        }
        From = MailboxAddress.Parse(configuration["Mail:From"] ?? "Discovery <no-reply@localhost>");
    }

    public MailboxAddress From { get; }

    /// <summary>Where letters lie that no server takes; null where one does.</summary>
    public string? Folder { get; }

    /// <exception cref="MailRefused">The server does not take this letter, now or later.</exception>
    /// <exception cref="Exception">The server is away or busy: try again later with the same Message-ID.</exception>
    public async Task SendAsync(MimeMessage letter, CancellationToken ct)
    {
        if (server is null)
        {
            // Under another name first: whoever looks into the folder never sees half a letter.
            var file = Path.Combine(Folder!, $"{DateTimeOffset.UtcNow:yyyyMMddHHmmssfff}-{Guid.NewGuid():N}");
            await letter.WriteToAsync(file + ".part", ct);
            File.Move(file + ".part", file + ".eml");
            return;
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync(server.Host, server.Port > 0 ? server.Port : server.Scheme == "smtps" ? 465 : 25, server.Scheme == "smtps" ? SecureSocketOptions.SslOnConnect : SecureSocketOptions.StartTlsWhenAvailable, patience.Token);
        if (server.UserInfo.Split(':', 2) is [{ Length: > 0 } user, var password]) await smtp.AuthenticateAsync(Uri.UnescapeDataString(user), Uri.UnescapeDataString(password), patience.Token);
        try { await smtp.SendAsync(letter, patience.Token); }
        catch (SmtpCommandException e) when ((int)e.StatusCode >= 500) { throw new MailRefused((int)e.StatusCode); }
        await smtp.DisconnectAsync(quit: true, patience.Token);
    }

    /// <summary>Takes letters to an erased address out of the folder. What a mail server has taken is no longer here.</summary>
    public async Task ForgetAsync(string address, CancellationToken ct)
    {
        if (Folder is null) return;
        foreach (var file in Directory.EnumerateFiles(Folder, "*.eml"))
        {
            try
            {
                using var letter = await MimeMessage.LoadAsync(file, ct);
                if (letter.To.Mailboxes.Any(m => m.Address.Equals(address.Trim(), StringComparison.OrdinalIgnoreCase))) File.Delete(file);
            }
            catch (FileNotFoundException) { }       // somebody else has cleared it away
        }
    }
}

/// <summary>The mail server has refused a letter for good.</summary>
/// <param name="status">SMTP reply code, 5xx.</param>
public sealed class MailRefused(int status) : Exception($"The mail server refused the letter: {status}")
{
    public int SmtpStatus => status;
}
