using Discovery.Platform;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.Site;

/// <summary>
/// A page model whose form needs more than what was typed (a list to choose from, the round): it is loaded before
/// the page is shown again with errors. Handlers for GET call the same method.
/// </summary>
public interface IShownAgain
{
    Task Load(CancellationToken ct);
}

/// <summary>
/// Bad input and broken rules come back to the page that sent them, with status 422 and everything typed.
/// A rule about who may act or what there is answers its status, and the error page says which rule it was.
/// </summary>
internal sealed class ShowErrors : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var (http, state) = (context.HttpContext, context.ModelState);
        if (!state.IsValid && context.HandlerMethod?.HttpMethod == "Post")
        {
            context.Result = await Again(http, context.HandlerInstance, 422);
            return;
        }

        var done = await next();
        switch (done.Exception)
        {
            case ValidationException invalid:
                Add(invalid, state, Words(http));
                done.Result = await Again(http, context.HandlerInstance, 422);
                break;
            case RuleBroken rule when HttpMethods.IsPost(http.Request.Method) && rule.Status is not (403 or 404 or 410):
                state.AddModelError("", Words(http).Say(rule));
                // Busy is not a fault of the form: clients that wait and try again look at the status.
                if (rule.Status is 429 or 503) http.Response.Headers.RetryAfter = RuleBroken.Seconds(rule);
                done.Result = await Again(http, context.HandlerInstance, rule.Status is 429 or 503 ? rule.Status : 422);
                break;
            case RuleBroken rule:
                done.Result = Errors.Because(http, rule);
                break;
            default:
                return;
        }
        done.ExceptionHandled = true;
    }

    private static AllWords Words(HttpContext http) => http.RequestServices.GetRequiredService<AllWords>();

    private static void Add(ValidationException invalid, ModelStateDictionary state, AllWords words)
    {
        foreach (var error in invalid.Errors) state.AddModelError(error.PropertyName, words[error.ErrorMessage]);
    }

    private static async Task<IActionResult> Again(HttpContext http, object page, int status)
    {
        try
        {
            if (page is IShownAgain shown) await shown.Load(http.RequestAborted);
        }
        catch (RuleBroken rule)
        {
            return Errors.Because(http, rule);
        }
        http.Response.StatusCode = status;
        return new PageResult();
    }
}
