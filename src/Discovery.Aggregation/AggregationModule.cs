using Discovery.Aggregation.Counting;
using Discovery.Aggregation.Data;
using Discovery.Aggregation.Results;
using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Discovery.Aggregation;

/// <summary>Standings, shortlist, explanation, publication, the public bundle.</summary>
public sealed class AggregationModule : IModule
{
    public string Name => "aggregation";

    public IReadOnlyList<string> Paths => ["/rounds/{round}/results/{**rest}"];

    public void Add(IHostApplicationBuilder host)
    {
        host.AddDatabase<AggregationDb, SqliteAggregationDb, PostgresAggregationDb>(Name);
        host.Services.AddSlices(typeof(AggregationModule).Assembly);
        host.Services.AddSingleton<CounterSignal>();
        host.Services.AddSingleton<BrokenLedgers>();
        host.Services.AddSingleton<FinalCounts>();
        host.Services.AddHostedService<Counter>();
    }

    public void Map(IEndpointRouteBuilder api)
    {
        ExportMyData.Map(api);
        var rounds = api.MapGroup("/rounds");
        var open = rounds.MapGroup("").OpenToMachines();
        GetResults.Map(open);
        GetStandings.Map(open);
        ExportBundle.Map(open);
        PublishResults.Map(rounds);
    }
}
