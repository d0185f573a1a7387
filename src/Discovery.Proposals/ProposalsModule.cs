using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Platform.Web;
using Discovery.Proposals.Activities;
using Discovery.Proposals.Amendments;
using Discovery.Proposals.Annexes;
using Discovery.Proposals.Attachments;
using Discovery.Proposals.Catalogue;
using Discovery.Proposals.CoAuthors;
using Discovery.Proposals.Data;
using Discovery.Proposals.Drafts;
using Discovery.Proposals.Endorsements;
using Discovery.Proposals.Import;
using Discovery.Proposals.Lists;
using Discovery.Proposals.Merges;
using Discovery.Proposals.Participants;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Reviews;
using Discovery.Proposals.Search;
using Discovery.Proposals.Similar;
using Discovery.Proposals.Versions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Discovery.Proposals;

public sealed class ProposalsModule : IModule
{
    public string Name => "proposals";

    public IReadOnlyList<string> Paths => ["/rounds/{round}/proposals/{**rest}"];

    public void Add(IHostApplicationBuilder host)
    {
        host.AddDatabase<ProposalsDb, SqliteProposalsDb, PostgresProposalsDb>(Name);
        host.Services.AddSingleton<PublishedLists>();
        host.Services.AddSingleton<Catalogues>();
        host.Services.AddHostedService<MergeClock>();
        host.Services.AddSlices(typeof(ProposalsModule).Assembly);
    }

    public void Map(IEndpointRouteBuilder api)
    {
        ExportMyData.Map(api);
        FindActivities.Map(api.MapGroup("").OpenToMachines());
        var round = api.MapGroup("/rounds/{round}");
        var open = round.MapGroup("").OpenToMachines();
        ListProposals.Map(open);
        ExportProposals.Map(open);
        FindSimilar.Map(open);
        GetProposal.Map(open);
        ExportRecord.Map(open);
        GetUniqueness.Map(open);
        SubmitProposal.Map(open);
        ReviseProposal.Map(open);
        EditProposal.Map(open);
        GetVersions.Map(open);
        GetBallotList.Map(open);
        EndorseProposal.Map(round);
        WithdrawProposal.Map(round);
        GetMerge.Map(round);
        ProposeMerge.Map(round);
        AnswerMerge.Map(round);
        UndoMerge.Map(round);
        MoveSupport.Map(round);
        ListCoAuthors.Map(round);
        InviteCoAuthor.Map(round);
        AnswerInvitation.Map(round);
        EndCoAuthorship.Map(round);
        ListAmendments.Map(round);
        SuggestAmendment.Map(round);
        AnswerAmendment.Map(round);
        GetDraft.Map(round);
        SaveDraft.Map(round);
        UploadAttachment.Map(round);
        ReadAttachment.Map(round);
        CorrectProposal.Map(round);
        VerifyEvidence.Map(round);
        OpenAnnex.Map(round);
        KeepAnnex.Map(round);
        ListMyReviews.Map(round);
        GiveReview.Map(round);
        ImportProposals.Map(round);
        UploadImport.Map(round);
        GetImport.Map(round);
        EnterImport.Map(round);
        UndoImport.Map(round);
        ImportCatalogue.Map(round);
        FreezeBallotList.Map(round);
        WithdrawFreeze.Map(round);
    }
}
