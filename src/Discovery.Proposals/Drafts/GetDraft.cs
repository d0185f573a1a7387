using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Drafts;

/// <summary>A person's own drafts.</summary>
internal static class GetDraft
{
    public sealed record Query(string Round, CurrentUser Person, Guid Draft) : IRequest<View>;

    /// <param name="Proposal">Number of the proposal that it corrects.</param>
    public sealed record View(Guid Id, int Version, DateTimeOffset SavedAt, SubmitProposal.Form Form, int? Proposal, int? BaseVersion, IReadOnlyList<File> Files);

    public sealed record File(Guid Id, string Name, int Size);

    /// <summary>All of the round, latest first.</summary>
    public sealed record List(string Round, CurrentUser Person) : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(Guid Id, Text Title, DateTimeOffset SavedAt);

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapGet("/drafts", async (string round, CurrentUser user, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new List(round, user), ct))).RequireAuthorization();
        round.MapGet("/drafts/{draft:guid}", async (string round, Guid draft, CurrentUser user, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(round, user, draft), ct))).RequireAuthorization();
    }

    public sealed class Handler(ProposalsDb db) : IRequestHandler<Query, View>, IRequestHandler<List, IReadOnlyList<Row>>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var draft = await db.OwnDraftAsync((await db.GetRound(query.Round, ct)).Id, query.Draft, query.Person, ct);
            return new(draft.Id, draft.Version, draft.SavedAt, draft.Form, draft.Proposal, draft.BaseVersion,
                await db.Attachments.Where(a => a.Draft == draft.Id).OrderBy(a => a.At).Select(a => new File(a.Id, a.Name, a.Size)).ToListAsync(ct));
        }

        public async Task<IReadOnlyList<Row>> Handle(List query, CancellationToken ct)
        {
            var (round, person) = ((await db.GetRound(query.Round, ct)).Id, query.Person.Id);
            return (await db.Drafts.AsNoTracking().Where(d => d.Round == round && d.Person == person).OrderByDescending(d => d.SavedAt).ToListAsync(ct)).ConvertAll(d => new Row(d.Id, PlainText.Line(d.Form.Title), d.SavedAt));
        }
    }
}
