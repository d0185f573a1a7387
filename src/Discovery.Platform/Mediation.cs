using System.Diagnostics;
using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Discovery.Platform;

public static class Mediation
{
    /// <summary>Handlers and validators of one module, found by scan, also internal and nested ones. By hand, because MediatR 5 brings no registration for this container (decision 0005).</summary>
    public static IServiceCollection AddSlices(this IServiceCollection services, Assembly module)
    {
        services.TryAddScoped<ServiceFactory>(p => p.GetService!);
        services.TryAddScoped<IMediator, Mediator>();
        // The order here is the order of execution, the first outermost.
        services.TryAddEnumerable(ServiceDescriptor.Scoped(typeof(IPipelineBehavior<,>), typeof(LogSlices<,>)));
        services.TryAddEnumerable(ServiceDescriptor.Scoped(typeof(IPipelineBehavior<,>), typeof(ValidateSlices<,>)));

        foreach (var type in module.GetTypes().Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false }))
            foreach (var face in type.GetInterfaces().Where(f => f.IsGenericType))
                if (face.GetGenericTypeDefinition() is var open && (open == typeof(IRequestHandler<,>) || open == typeof(IValidator<>)))
                    services.AddScoped(face, type);
        return services;
    }
}

/// <summary>One span and, where somebody listens, one line per slice: its name and time, never its content (ballots and addresses pass here).</summary>
internal sealed class LogSlices<TRequest, TResponse>(ILogger<TRequest> log) : IPipelineBehavior<TRequest, TResponse>
{
    static readonly string Name = typeof(TRequest).FullName!.Replace('+', '.');

    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        using var span = Telemetry.Source.StartActivity(Name);
        if (!log.IsEnabled(LogLevel.Debug)) return await next();
        var start = Stopwatch.GetTimestamp();
        try { return await next(); }
        finally { log.LogDebug("{Slice} took {Milliseconds:0.0} ms", Name, Stopwatch.GetElapsedTime(start).TotalMilliseconds); }
    }
}

internal sealed class ValidateSlices<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators)
            if (await validator.ValidateAsync(request, ct) is { IsValid: false } result)
                throw new ValidationException(result.Errors);
        return await next();
    }
}
