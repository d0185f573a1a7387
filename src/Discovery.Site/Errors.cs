using Discovery.Platform;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Discovery.Site;

/// <summary>Bare statuses get a body: problem details under <c>/api</c>, elsewhere a page in the shell.</summary>
public static class Errors
{
    private static readonly object Rule = new();

    /// <summary>For <c>app.UseStatusCodePages(Errors.ShowAsync)</c>, outside the exception handler, so that it also dresses the 500 that the handler leaves.</summary>
    public static async Task ShowAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        var status = http.Response.StatusCode;
        if (http.Request.Path.StartsWithSegments("/api"))
        {
            await TypedResults.Problem(statusCode: status).ExecuteAsync(http);
            return;
        }
        var (path, query, method) = (http.Request.Path, http.Request.QueryString, http.Request.Method);
        http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature { OriginalPath = path, OriginalQueryString = query.Value });
        // A POST run again would meet the antiforgery check again.
        if (!HttpMethods.IsHead(method)) http.Request.Method = HttpMethods.Get;
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        http.Request.Path = $"/{Lang.Of(path) ?? Lang.Current}/error/{status}";
        try { await context.Next(http); }
        finally { (http.Request.Path, http.Request.Method) = (path, method); }
    }

    internal static IActionResult Because(HttpContext http, RuleBroken rule)
    {
        Refuse(http, rule);
        return new StatusCodeResult(rule.Status);
    }

    /// <summary>The answer is this rule's status, and the error page says which rule it was.</summary>
    internal static void Refuse(HttpContext http, RuleBroken rule)
    {
        http.Items[Rule] = rule;
        http.Response.StatusCode = rule.Status;
    }

    internal static RuleBroken? RuleOf(HttpContext http) => http.Items[Rule] as RuleBroken;
}
