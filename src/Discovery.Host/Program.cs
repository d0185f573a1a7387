using Discovery.Host;

var names = args.Skip(1).TakeWhile(a => !a.StartsWith('-')).ToArray();
var options = args.SkipWhile(a => !a.StartsWith('-')).ToArray();
switch (args.FirstOrDefault())
{
    case "serve" when names is ["gateway"]:
        await (await Gateway.StartAsync(options)).WaitForShutdownAsync();
        return 0;
    case "serve":
        var chosen = names is [] ? Modules.All : [.. names.Select(n => Modules.All.Single(m => m.Name == n))];
        await (await Service.StartAsync(chosen, options)).WaitForShutdownAsync();
        return 0;
    case "routes": return RouteTable.Print(Console.Out);
    default: Console.Error.WriteLine("discovery serve [modules | gateway]"); return 2;
}
