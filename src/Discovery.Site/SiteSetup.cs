using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Discovery.Platform;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.WebEncoders;

namespace Discovery.Site;

/// <summary>What a process needs to answer pages: languages, the shell, the pages of the chosen modules.</summary>
public static class SiteSetup
{
    /// <param name="modules">Those that this process runs: only their pages exist here. None for the gateway, which has the shell's own pages.</param>
    public static IMvcBuilder AddSite(this IHostApplicationBuilder host, IReadOnlyList<IModule> modules)
    {
        var services = host.Services;
        services.AddLocalization();
        services.AddSingleton(typeof(Words<>));
        services.AddSingleton(p => ActivatorUtilities.CreateInstance<AllWords>(p, (object)modules));
        services.AddSingleton<When>();
        services.TryAddSingleton(TimeProvider.System);

        // By default every Cyrillic letter is escaped: pages twice as long and a third slower.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.Configure<RouteOptions>(o => o.ConstraintMap["lang"] = typeof(LangConstraint));
        services.Configure<RequestLocalizationOptions>(LanguageFromPath);
        services.AddOutputCache();
        services.AddOptions<OutputCacheOptions>().Configure<TimeProvider>((o, clock) => o.AddBasePolicy(new SharedPages(modules, clock)));
        return services.AddPages(modules.Select(m => m.GetType().Assembly));
    }

    private static void LanguageFromPath(RequestLocalizationOptions options)
    {
        string[] all = [.. Lang.All];
        options.SetDefaultCulture(all[0]).AddSupportedCultures(all).AddSupportedUICultures(all);
        // The API has no language in its path: there it is what the client asks for.
        options.RequestCultureProviders =
        [
            new CustomRequestCultureProvider(http => Task.FromResult(Lang.Of(http.Request.Path) is { } lang ? new ProviderCultureResult(lang) : null)),
            new AcceptLanguageHeaderRequestCultureProvider { Options = options },
        ];
    }

    private static IMvcBuilder AddPages(this IServiceCollection services, IEnumerable<Assembly> modules)
    {
        var mvc = services.AddRazorPages(o =>
        {
            o.Conventions.AddFolderRouteModelConvention("/", page =>
            {
                if (page.ViewEnginePath == "/Site/Start") return;
                foreach (var selector in page.Selectors)
                    selector.AttributeRouteModel!.Template = AttributeRouteModel.CombineTemplates(ModulePaths.Language, selector.AttributeRouteModel.Template!.TrimStart('/'));
            });
            o.Conventions.ConfigureFilter(new ShowErrors());
        });

        // By default the pages of every referenced library are live, chosen or not.
        mvc.PartManager.ApplicationParts.Clear();
        foreach (var assembly in modules.Prepend(typeof(SiteSetup).Assembly).Distinct()) mvc.AddApplicationPart(assembly);

        services.Configure<MvcOptions>(o => o.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true);
        services.AddOptions<MvcOptions>().Configure<Words<SiteTexts>>((o, text) =>
        {
            var say = o.ModelBindingMessageProvider;
            say.SetAttemptedValueIsInvalidAccessor((value, _) => text["bind.invalid", value]);
            say.SetNonPropertyAttemptedValueIsInvalidAccessor(value => text["bind.invalid", value]);
            say.SetValueIsInvalidAccessor(value => text["bind.invalid", value]);
            say.SetUnknownValueIsInvalidAccessor(_ => text["bind.unknown"]);
            say.SetNonPropertyUnknownValueIsInvalidAccessor(() => text["bind.unknown"]);
            say.SetValueMustBeANumberAccessor(_ => text["bind.number"]);
            say.SetNonPropertyValueMustBeANumberAccessor(() => text["bind.number"]);
            say.SetValueMustNotBeNullAccessor(_ => text["bind.missing"]);
            say.SetMissingBindRequiredValueAccessor(_ => text["bind.missing"]);
            say.SetMissingKeyOrValueAccessor(() => text["bind.missing"]);
            say.SetMissingRequestBodyRequiredValueAccessor(() => text["bind.missing"]);
        });
        return mvc;
    }
}
