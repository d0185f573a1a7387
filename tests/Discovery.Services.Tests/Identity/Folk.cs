using System.Collections.Concurrent;
using System.Net.Http.Json;
using Discovery.Identity.Data;
using Discovery.Platform.Persistence;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.ServicesTests.Identity;

/// <summary>Accounts of tests, their sessions and their mail.</summary>
internal static class Folk
{
    public const string Password = "a password for tests";

    /// <summary>An account that can sign in.</summary>
    public static async Task<Guid> NewAccount(this DiscoveryApp app, string email, string name = "Somebody", string[]? roles = null, Guid[]? organisations = null)
    {
        var id = Guid.CreateVersion7();
        await app.AsTool().Post("/api/identity/import", new { accounts = new[] { new { id, email, displayName = name, password = Password, roles = roles ?? [], organisations = organisations ?? [] } } });
        return id;
    }

    /// <summary>With a session of its own, as a program has it; a role is not in it.</summary>
    public static async Task<HttpClient> SignIn(this DiscoveryApp app, string email, string? code = null) =>
        app.WithToken((await app.Anonymous.Post("/api/identity/token", new { email, password = Password, code })).Text("accessToken"));

    /// <summary>With a session that carries the roles: an authenticator app is tied the first time, and a recovery code used each time.</summary>
    public static async Task<HttpClient> SignInWithRoles(this DiscoveryApp app, string email)
    {
        if (!Recovery.TryGetValue(email, out var codes))
        {
            var halfway = await app.SignIn(email);
            var secret = (await halfway.Post("/api/identity/second-factor", new { })).Text("secret")!;
            var made = await halfway.Put("/api/identity/second-factor", new { code = Totp.Code(secret, DateTimeOffset.UtcNow) });
            Recovery[email] = codes = new(made.GetProperty("recoveryCodes").EnumerateArray().Select(c => c.GetString()!));
        }
        return await app.SignIn(email, codes.Dequeue());
    }

    static readonly ConcurrentDictionary<string, Queue<string>> Recovery = new();

    public static string DataOf(this DiscoveryApp app) => DatabaseSetup.DataFolder(app.Of("identity").GetRequiredService<IConfiguration>());

    /// <summary>Erases the account by the door: a code to the own address, and the code.</summary>
    public static async Task EraseAsync(this DiscoveryApp app, HttpClient who, string address)
    {
        var before = app.Letters(address).Count;
        var id = (await who.Post("/api/identity/me/erasure/code")).Text("id");
        using var done = await who.PostAsJsonAsync("/api/identity/me/erasure", new { id, code = await app.CodeAsync(address, before) });
        Assert.Equal(204, (int)done.StatusCode);
    }

    /// <summary>Reaches into Identity's tables, to leave traces that other doors will leave.</summary>
    public static async Task<T> InIdentity<T>(this DiscoveryApp app, Func<IServiceProvider, IdentityDb, Task<T>> act)
    {
        await using var scope = app.Of("identity").CreateAsyncScope();
        return await act(scope.ServiceProvider, scope.ServiceProvider.GetRequiredService<IdentityDb>());
    }
}
