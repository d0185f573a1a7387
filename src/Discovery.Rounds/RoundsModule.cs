using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Platform.Web;
using Discovery.Rounds.Charters;
using Discovery.Rounds.Data;
using Discovery.Rounds.Phases;
using Discovery.Rounds.Wheel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Discovery.Rounds;

public sealed class RoundsModule : IModule
{
    public string Name => "rounds";

    public IReadOnlyList<string> Paths => ["/", "/rounds", "/rounds/new", "/rounds/{round}", "/rounds/{round}/run/{**rest}", "/rounds/{round}/wheel", "/rounds/{round}/feed", "/rounds/{round}/calendar.ics", "/feed"];

    public void Add(IHostApplicationBuilder host)
    {
        host.AddDatabase<RoundsDb, SqliteRoundsDb, PostgresRoundsDb>(Name);
        host.Services.AddSlices(typeof(RoundsModule).Assembly);
        host.Services.AddHostedService<PhaseClock>();
    }

    public void Map(IEndpointRouteBuilder api)
    {
        ExportMyData.Map(api);
        var open = api.MapGroup("").OpenToMachines();
        ListRounds.Map(open);
        GetRound.Map(open);
        GetWheel.Map(open);
        ConfirmScore.Map(api);
        DraftRound.Map(api);
        GetReadiness.Map(api);
        PublishRound.Map(api);
        AmendRound.Map(api);
        PauseRound.Map(api);
        StartPhase.Map(api);
        EndPhase.Map(api);
    }
}
