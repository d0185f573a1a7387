using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Discovery.Identity.Data;
using Discovery.Platform.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Discovery.ServicesTests.Identity;

/// <summary>Accounts of tests, their sessions and their mail.</summary>
internal static partial class Folk
{
    public const string Password = "a password for tests";

    /// <summary>An account that can sign in.</summary>
    public static async Task<Guid> NewAccount(this DiscoveryApp app, string email, string name = "Somebody", string[]? roles = null, Guid[]? organisations = null)
    {
        var id = Guid.CreateVersion7();
        await app.AsTool().Post("/api/identity/import", new { accounts = new[] { new { id, email, displayName = name, password = Password, roles = roles ?? [], organisations = organisations ?? [] } } });
        return id;
    }

    /// <summary>With a session of its own, as a program or a browser has it.</summary>
    public static async Task<HttpClient> SignIn(this DiscoveryApp app, string email) =>
        app.WithToken((await app.Anonymous.Post("/api/identity/token", new { email, password = Password })).Text("accessToken"));

    public static string DataOf(this DiscoveryApp app) => DatabaseSetup.DataFolder(app.Of("identity").GetRequiredService<IConfiguration>());

    /// <summary>The six digits of the latest letter to the address.</summary>
    public static async Task<string> CodeTo(this DiscoveryApp app, string address)
    {
        string? code = null;
        await Portal.Until(async () =>
        {
            foreach (var file in Directory.GetFiles(Path.Combine(app.DataOf(), "mail"), "*.eml").OrderDescending())
            {
                var letter = await MimeMessage.LoadAsync(file);
                if (letter.To.Mailboxes.Single().Address != address || Digits().Match(letter.TextBody ?? "") is not { Success: true } match) continue;
                code = match.Value;
                return true;
            }
            return false;
        }, "a letter to " + address);
        return code!;
    }

    /// <summary>Erases the account by the door: a code to the own address, and the code.</summary>
    public static async Task EraseAsync(this DiscoveryApp app, HttpClient who, string address)
    {
        var id = (await who.Post("/api/identity/me/erasure/code")).Text("id");
        using var done = await who.PostAsJsonAsync("/api/identity/me/erasure", new { id, code = await app.CodeTo(address) });
        Assert.Equal(204, (int)done.StatusCode);
    }

    /// <summary>Reaches into Identity's tables, to leave traces that other doors will leave.</summary>
    public static async Task<T> InIdentity<T>(this DiscoveryApp app, Func<IServiceProvider, IdentityDb, Task<T>> act)
    {
        await using var scope = app.Of("identity").CreateAsyncScope();
        return await act(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<IdentityDb>());
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Digits();
}
