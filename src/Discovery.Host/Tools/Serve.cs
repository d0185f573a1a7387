namespace Discovery.Host.Tools;

internal static class Serve
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var names = arguments.TakeWhile(a => !a.StartsWith('-')).ToArray();
        var options = arguments[names.Length..];
        if (names.FirstOrDefault(n => n != "gateway" && Modules.All.All(m => m.Name != n)) is { } unknown)
        {
            await Console.Error.WriteLineAsync($"There is no service '{unknown}': {string.Join(", ", Modules.All.Select(m => m.Name))} or gateway.");
            return 2;
        }
        if (names.Contains("gateway") && names.Length > 1)
        {
            await Console.Error.WriteLineAsync("The gateway runs in a process of its own.");
            return 2;
        }
        try
        {
            var app = names is ["gateway"] ? await Gateway.StartAsync(options)
                : await Service.StartAsync(names is [] ? Modules.All : [.. names.Select(n => Modules.All.Single(m => m.Name == n))], options);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync(e.Message + " Choose another with --urls or PORT.");
            return 1;
        }
    }
}
