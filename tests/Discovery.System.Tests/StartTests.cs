namespace Discovery.SystemTests;

public sealed class StartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Six_processes_start_at_once_on_nothing_and_agree(bool distributed)
    {
        Needed.Program();
        if (distributed) Needed.BothServers();
        await using var installation = await Installation.PrepareAsync(distributed);
        var replicas = Enumerable.Range(1, 6).Select(installation.StartReplica).ToList();
        for (var i = 1; i <= 6; i++) await installation.ReadyAsync("replica " + i);
        Assert.Equal(1, installation.Keys());

        // A session of one is a session of all.
        foreach (var replica in replicas)
        {
            using var http = installation.As("official");
            using var answer = await http.GetAsync(new Uri(replica, "/en/rounds/new"), TestContext.Current.CancellationToken);
            Assert.Equal(200, (int)answer.StatusCode);
        }
    }
}
