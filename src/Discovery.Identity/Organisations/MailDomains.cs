using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Discovery.Identity.Organisations;

/// <summary>Domains of mail. An address at a provider where anybody gets one proves nothing about an organisation.</summary>
internal static partial class MailDomains
{
    static readonly FrozenSet<string> Free = FrozenSet.Create(
        "mail.ru", "bk.ru", "list.ru", "inbox.ru", "internet.ru", "xmail.ru", "vk.com", "yandex.ru", "yandex.com", "yandex.by", "yandex.kz", "ya.ru", "narod.ru", "rambler.ru", "lenta.ru", "autorambler.ru",
        "myrambler.ru", "ro.ru", "pochta.ru", "hotbox.ru", "tut.by", "ukr.net", "i.ua", "mail.kz", "gmail.com", "googlemail.com", "outlook.com", "outlook.de", "outlook.fr", "hotmail.com", "hotmail.de",
        "hotmail.fr", "hotmail.co.uk", "live.com", "live.ru", "live.de", "live.fr", "msn.com", "yahoo.com", "yahoo.de", "yahoo.fr", "yahoo.co.uk", "ymail.com", "rocketmail.com", "icloud.com", "me.com", "mac.com",
        "aol.com", "proton.me", "protonmail.com", "pm.me", "tutanota.com", "tuta.io", "tuta.com", "zoho.com", "gmx.de", "gmx.net", "gmx.com", "gmx.at", "gmx.fr", "web.de", "t-online.de", "freenet.de", "mail.de",
        "posteo.de", "mailbox.org", "arcor.de", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "bbox.fr", "skynet.be", "telenet.be", "proximus.be", "wp.pl", "o2.pl", "onet.pl", "interia.pl",
        "gazeta.pl", "op.pl", "poczta.fm", "tlen.pl", "luukku.com", "kolumbus.fi", "elisanet.fi", "saunalahti.fi", "suomi24.fi", "fastmail.com", "hey.com", "mail.com", "email.com", "qq.com", "163.com", "126.com",
        "mailinator.com", "guerrillamail.com", "yopmail.com", "temp-mail.org", "10minutemail.com", "trashmail.com");

    /// <summary>In small ASCII letters, as DNS has it.</summary>
    /// <returns>Null: it is no domain name.</returns>
    public static string? Read(string? domain)
    {
        try
        {
            var ascii = new IdnMapping { UseStd3AsciiRules = true }.GetAscii((domain ?? "").Trim().TrimStart('@').TrimEnd('.').ToLowerInvariant()).ToLowerInvariant();
            return Form().IsMatch(ascii) ? ascii : null;
        }
        catch (ArgumentException) { return null; }
    }

    /// <summary>What stands behind the last @.</summary>
    public static string? Of(string? address) => address?.LastIndexOf('@') is > 0 and var at ? Read(address[(at + 1)..]) : null;

    /// <summary>Anybody gets an address there, also in the domains below it.</summary>
    public static bool IsFree(string domain) => Free.Any(f => domain == f || domain.EndsWith("." + f, StringComparison.Ordinal));

    [GeneratedRegex(@"^(?=.{4,253}\z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+\z)[a-z0-9-]{2,63}\z")]
    private static partial Regex Form();
}
