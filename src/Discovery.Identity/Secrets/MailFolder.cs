using System.Net;
using Discovery.Platform;
using Discovery.Platform.Mail;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using MimeKit;

namespace Discovery.Identity.Secrets;

/// <summary>
/// The letters of an installation without a mail server, for whoever tries it out. Administrators see them; with <c>Mail:Show</c>, which <c>./dev run</c> sets
/// on localhost, everybody on this very machine does. Codes stand in them, so anything else would let everybody in as anybody.
/// </summary>
internal sealed class MailFolder(MailTransport mail, IConfiguration configuration, CurrentUser user, IHttpContextAccessor accessor)
{
    const int Newest = 20;

    /// <param name="Text">Plain text with its line breaks.</param>
    public sealed record Row(DateTimeOffset At, string To, string Subject, string Text);

    public bool IsShown => mail.Folder is not null && (user.Is(Roles.Administrator, "*") || (IsForAll && accessor.HttpContext?.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)));

    bool IsForAll => bool.TryParse(configuration["Mail:Show"], out var all) && all;

    public async Task<IReadOnlyList<Row>> ReadAsync(CancellationToken ct)
    {
        var letters = new List<Row>();
        foreach (var file in Directory.EnumerateFiles(mail.Folder!, "*.eml").OrderDescending(StringComparer.Ordinal).Take(Newest))
        {
            using var letter = await MimeMessage.LoadAsync(file, ct);
            letters.Add(new(letter.Date, letter.To.ToString(), letter.Subject ?? "", letter.TextBody ?? ""));
        }
        return letters;
    }
}
