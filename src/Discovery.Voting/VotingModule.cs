using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Platform.Web;
using Discovery.Voting.Ballots;
using Discovery.Voting.Data;
using Discovery.Voting.Electorate;
using Discovery.Voting.Ledger;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Discovery.Voting;

/// <summary>Electorate, ballots, ledger, receipts.</summary>
public sealed class VotingModule : IModule
{
    public string Name => "voting";

    public IReadOnlyList<string> Paths => ["/rounds/{round}/ballot/{**rest}"];

    public void Add(IHostApplicationBuilder host)
    {
        host.AddDatabase<VotingDb, SqliteVotingDb, PostgresVotingDb>(Name);
        host.Services.AddSlices(typeof(VotingModule).Assembly);
        host.Services.AddSingleton<RoundSecrets>();
        host.Services.AddSingleton<Sheets>();
        host.Services.AddSingleton<SealedTrees>();
        host.Services.AddSingleton<LedgerFeed>();
        host.Services.AddHostedService(p => p.GetRequiredService<LedgerFeed>());
        host.Services.AddSingleton<LedgerWriter>();
        host.Services.AddHostedService(p => p.GetRequiredService<LedgerWriter>());
        host.Services.AddHostedService<VotingClock>();
    }

    public void Map(IEndpointRouteBuilder api)
    {
        ExportMyData.Map(api);
        var rounds = api.MapGroup("/rounds");
        var open = rounds.MapGroup("").OpenToMachines();
        GetVoting.Map(open);
        GetElectorate.Map(open);
        CheckReceipt.Map(open);
        GetMyBallot.Map(rounds);
        CastBallot.Map(rounds);
        WithdrawBallot.Map(rounds);
        CloseVoting.Map(rounds);
        WithdrawProposal.Map(rounds);
        EnrolElectors.Map(rounds);
        ReplayBallots.Map(rounds);
        ExportBundle.Map(rounds);
    }
}
