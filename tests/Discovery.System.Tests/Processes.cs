namespace Discovery.SystemTests;

/// <summary>Real processes of the published program; started once for the tests of a class.</summary>
public abstract class Processes(bool distributed) : IAsyncLifetime
{
    Installation? installation;

    /// <summary>Skips the test that asks for it where there is nothing to start.</summary>
    public Installation Installation
    {
        get
        {
            Needed.Program();
            if (distributed) Needed.BothServers();
            return installation!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (TheProgram.Published is not null && (Servers.AreThere || !distributed)) installation = await Installation.StartAsync(distributed);
    }

    public ValueTask DisposeAsync() => installation?.DisposeAsync() ?? ValueTask.CompletedTask;
}

public sealed class EmbeddedProcess() : Processes(false);

public sealed class DistributedProcesses() : Processes(true);

internal static class Needed
{
    public static void Program() => Assert.SkipWhen(TheProgram.Published is null, "DISCOVERY_APP names no published program: ./dev test publishes one.");

    public static void BothServers() => Assert.SkipUnless(Servers.AreThere, "PostgreSQL and RabbitMQ are not there: ./dev test starts them.");

    public static string Data(params string[] path)
    {
        var file = Repository.Data(path);
        Assert.SkipWhen(file is null, "The election data (../shared/data) is not there.");
        return file!;
    }
}
