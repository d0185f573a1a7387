using System.Text.Json;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Site;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Identity;

/// <summary>Where somebody goes who has just signed in.</summary>
internal static class Onwards
{
    /// <summary>Only addresses of this installation: <c>//evil</c>, <c>/\evil</c> and <c>https:evil</c> lead home.</summary>
    public static string Local(PageModel page, string? returnUrl) => page.Url.IsLocalUrl(returnUrl) ? returnUrl! : Places.Home;

    public static string Query(PageModel page, string? returnUrl) => page.Url.IsLocalUrl(returnUrl) ? "?returnUrl=" + Uri.EscapeDataString(returnUrl!) : "";

    public static IActionResult After(PageModel page, CurrentUser user, string? returnUrl)
    {
        if (user.LacksSecondFactor) return new RedirectResult(Places.SignInSecond + Query(page, returnUrl));
        return new RedirectResult(page.Url.IsLocalUrl(returnUrl) ? returnUrl! : user.IsOfAuthority ? Places.Home : Places.Account);
    }
}

/// <summary>This browser waits for a code: which one, and where it went.</summary>
internal sealed record Waiting(Guid Id, bool SigningUp, string Address, string? ReturnUrl)
{
    const string Name = "discovery-code";

    public void Keep(StateCookie state) => state.Keep(Name, JsonSerializer.Serialize(this));

    public static Waiting? Read(StateCookie state) => state.Read(Name) is { } kept ? JsonSerializer.Deserialize<Waiting>(kept) : null;

    public static void Forget(StateCookie state) => state.Take(Name);
}
