using Discovery.Moderation.Appeals;
using Discovery.Moderation.Cases;
using Discovery.Moderation.Data;
using Discovery.Moderation.Interests;
using Discovery.Moderation.Log;
using Discovery.Moderation.Participants;
using Discovery.Moderation.Reports;
using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Platform.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Discovery.Moderation;

/// <summary>One queue for whatever people write, reasons, appeals, the transparency log.</summary>
public sealed class ModerationModule : IModule
{
    public string Name => "moderation";

    public IReadOnlyList<string> Paths => ["/rounds/{round}/moderation/{**rest}"];

    public void Add(IHostApplicationBuilder host)
    {
        host.AddDatabase<ModerationDb, SqliteModerationDb, PostgresModerationDb>(Name);
        host.Services.AddSlices(typeof(ModerationModule).Assembly);
        host.Services.AddHostedService<DecisionClock>();
    }

    public void Map(IEndpointRouteBuilder api)
    {
        ExportMyData.Map(api);
        var round = api.MapGroup("/rounds/{round}");
        GetLog.Map(round.MapGroup("").OpenToMachines());
        GetDecision.Map(round);
        FileAppeal.Map(round);
        ReportContent.Map(round);
        var office = round.MapGroup("").RequireAuthorization();
        ListCases.Map(office);
        GetCase.Map(office);
        ClaimCase.Map(office);
        AssignCase.Map(office);
        DecideCase.Map(office);
        DecideSeveral.Map(office);
        DeclareInterest.Map(office);
    }
}
