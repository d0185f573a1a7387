using System.Text.RegularExpressions;
using Discovery.Platform.Mail;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Discovery.ServicesTests.Identity;

/// <summary>The letters that the application under test has sent: they lie in a folder.</summary>
internal static class Mail
{
    /// <summary>The texts of letters to the address, the oldest first.</summary>
    public static List<string> To(this DiscoveryApp app, string address)
    {
        var folder = app.Of("identity").GetRequiredService<MailTransport>().Folder!;
        return [.. Directory.EnumerateFiles(folder, "*.eml").Order(StringComparer.Ordinal).Select(f => MimeMessage.Load(f))
            .Where(m => m.To.Mailboxes.Any(a => a.Address.Equals(address, StringComparison.OrdinalIgnoreCase))).Select(m => m.TextBody ?? "")];
    }

    /// <summary>What the pattern's first group finds in the newest letter to the address, once there are that many.</summary>
    public static async Task<string> Letter(this DiscoveryApp app, string address, string pattern, int count = 1)
    {
        await Portal.Until(() => Task.FromResult(app.To(address).Count >= count), $"letter {count} to {address}", 30);
        var found = Regex.Match(app.To(address)[^1], pattern);
        Assert.True(found.Success, app.To(address)[^1]);
        return found.Groups[1].Value;
    }
}
