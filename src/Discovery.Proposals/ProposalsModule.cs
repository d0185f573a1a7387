using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Lists;
using Discovery.Proposals.Participants;
using Discovery.Proposals.Proposals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Discovery.Proposals;

public sealed class ProposalsModule : IModule
{
    public string Name => "proposals";

    public IReadOnlyList<string> Paths => ["/rounds/{round}/proposals/{**rest}"];

    public void Add(IHostApplicationBuilder host)
    {
        host.AddDatabase<ProposalsDb, SqliteProposalsDb, PostgresProposalsDb>(Name);
        host.Services.AddSlices(typeof(ProposalsModule).Assembly);
    }

    public void Map(IEndpointRouteBuilder api)
    {
        ExportMyData.Map(api);
        var round = api.MapGroup("/rounds/{round}");
        ListProposals.Map(round);
        GetProposal.Map(round);
        SubmitProposal.Map(round);
        ReviseProposal.Map(round);
        ListWaiting.Map(round);
        PublishProposal.Map(round);
        ReturnProposal.Map(round);
        ImportProposals.Map(round);
        GetBallotList.Map(round);
        FreezeBallotList.Map(round);
        WithdrawFreeze.Map(round);
    }
}
