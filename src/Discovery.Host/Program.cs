using System.CommandLine;
using Discovery.Host;
using Discovery.Host.Tools;

// serve takes the framework's own --key=value settings, which no parser can know beforehand.
if (args is ["serve", .. var rest]) return await Serve.RunAsync(rest);

var root = new RootCommand("Discovery: a region finds its specialisation priorities from the bottom up")
{
    new Command("serve", "Run all services, or those named, or the gateway: serve [identity|rounds|proposals|moderation|voting|aggregation|gateway] [--urls URL] [--Data DIR]"),
    DemoCommand.Describe(),
    ImportCommand.Describe(),
    RankCommand.Describe(),
    RecountCommand.Describe(),
    AccountCommand.Describe(),
    RouteTable.Describe(),
};

var parsed = root.Parse(args);
if (args.Length == 0 || parsed.Errors.Count > 0)
{
    await Console.Error.WriteLineAsync(args.Length == 0 ? "Say what to do; discovery --help lists the commands." : parsed.Errors[0].Message);
    return 2;
}
try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Refused refused)
{
    await Console.Error.WriteLineAsync(refused.Message);
    return 1;
}
