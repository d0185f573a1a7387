using System.Globalization;
using Discovery.Identity.Accounts;
using Discovery.Identity.Data;
using Discovery.Platform.Mail;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Discovery.Identity.Secrets;

/// <summary>Letters with a secret: written with the change that they belong to, sent by <see cref="LetterSender"/> afterwards.</summary>
internal sealed class Letters(IdentityDb db, Keyed keyed, AllWords words, TimeProvider clock)
{
    /// <param name="Unsubscribe">The address that ends the subscription which the letter belongs to, for its headers.</param>
    internal sealed record Content(string Address, string Subject, string Text, string? Unsubscribe = null);

    /// <summary>Adds a letter; it does not save. Its texts are <c>letter.{kind}.subject</c> and <c>letter.{kind}.text</c>.</summary>
    /// <param name="address">Null: to nobody. The row is there all the same, so that asking about an unknown address takes as long as about a known one.</param>
    /// <param name="language">The reader's.</param>
    public void Write(string kind, string? address, Guid? person, string language, TimeSpan life, params object[] values)
    {
        var now = clock.GetUtcNow();
        var sealedContent = Seal(In(language, () => new Content(address ?? "nobody@localhost", words[$"letter.{kind}.subject", values], words[$"letter.{kind}.text", values])));
        db.Add(new Letter { Id = Guid.CreateVersion7(), Sealed = address is null ? null : sealedContent, Person = person, DueAt = now, ExpiresAt = now + life });
    }

    /// <summary>Adds a letter of a subscription; it does not save.</summary>
    public void Write(long subscription, Content content, TimeSpan life)
    {
        var now = clock.GetUtcNow();
        db.Add(new Letter { Id = Guid.CreateVersion7(), Sealed = Seal(content), Subscription = subscription, DueAt = now, ExpiresAt = now + life });
    }

    /// <summary>Says something in a reader's language, whoever asks.</summary>
    public static T In<T>(string language, Func<T> say)
    {
        var (own, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (CultureInfo.GetCultureInfo(language), CultureInfo.GetCultureInfo(language));
            return say();
        }
        finally { (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (own, ui); }
    }

    byte[] Seal(Content content) => keyed.Seal("letter", content with { Subject = content.Subject.ReplaceLineEndings(" "), Text = content.Text.ReplaceLineEndings("\n") });
}

/// <summary>
/// Sends what is due, once a second and at once when woken. A letter is taken by moving its time, so two replicas do not both send it; it goes once the server has it.
/// When a process dies in between, the letter goes out again with the same Message-ID.
/// </summary>
internal sealed class LetterSender(IServiceScopeFactory scopes, MailTransport mail, TimeProvider clock, ILogger<LetterSender> log) : BackgroundService
{
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2)];

    readonly SemaphoreSlim woken = new(0, 1);

    /// <summary>Something was saved just now.</summary>
    public void Wake()
    {
        try { woken.Release(); }
        catch (SemaphoreFullException) { }
    }

    public override void Dispose()
    {
        woken.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await SendOneAsync(stoppingToken)) { }
                await woken.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { return; }
            catch (Exception e)
            {
                log.LogWarning("Letters could not be sent: {Error}", e.GetBaseException().Message);
                await Task.Delay(Poll, CancellationToken.None);
            }
        }
    }

    async Task<bool> SendOneAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDb>();
        var keyed = scope.ServiceProvider.GetRequiredService<Keyed>();
        var now = clock.GetUtcNow();
        // Somebody waits for a code; thousands of letters to subscribers do not stand in its way.
        var waiting = db.Letters.AsNoTracking().Where(l => l.DueAt <= now).OrderBy(l => l.DueAt);
        var letter = await waiting.FirstOrDefaultAsync(l => l.Subscription == null, ct) ?? await waiting.FirstOrDefaultAsync(ct);
        if (letter is null) return false;

        var (id, due) = (letter.Id, letter.DueAt);
        if (letter.Sealed is null || letter.ExpiresAt <= now)
        {
            await db.Letters.Where(l => l.Id == id).ExecuteDeleteAsync(ct);
            return true;
        }
        var next = now + Waits[Math.Min(letter.Attempts, Waits.Length - 1)];
        if (await db.Letters.Where(l => l.Id == id && l.DueAt == due).ExecuteUpdateAsync(s => s.SetProperty(l => l.DueAt, next).SetProperty(l => l.Attempts, l => l.Attempts + 1), ct) == 0) return true;
        try
        {
            var content = keyed.Open<Letters.Content>("letter", letter.Sealed);
            await mail.SendAsync(Message(id, content), ct);
        }
        catch (MailRefused refused)
        {
            // The address is nobody's business, not even the log's.
            log.LogWarning("A letter was refused for good with {Status}", refused.SmtpStatus);
            if (letter.Person is { } person)
                await db.Users.Where(p => p.Id == person).ExecuteUpdateAsync(s => s.SetProperty(p => p.BouncedAt, now), ct);
            if (letter.Subscription is { } subscription)
                await db.Subscriptions.Where(s => s.Id == subscription).ExecuteDeleteAsync(ct);
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            log.LogWarning("The mail server did not take a letter: {Error}", e.GetType().Name);
            return true;
        }
        await db.Letters.Where(l => l.Id == id).ExecuteDeleteAsync(CancellationToken.None);
        return true;
    }

    MimeMessage Message(Guid id, Letters.Content content)
    {
        var message = new MimeMessage { Subject = content.Subject, MessageId = $"{id:N}@{mail.From.Domain}", Date = clock.GetUtcNow() };
        message.From.Add(mail.From);
        message.To.Add(new MailboxAddress("", content.Address));
        // Machines must not answer it, and nobody's out-of-office note should.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        if (content.Unsubscribe is { } unsubscribe)
        {
            // One click in the reader's mail program (RFC 2369, RFC 8058).
            message.Headers.Add("List-Unsubscribe", $"<{unsubscribe}>");
            message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        message.Body = new TextPart("plain") { Text = content.Text };
        return message;
    }
}
