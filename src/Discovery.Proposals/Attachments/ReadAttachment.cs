using Discovery.Platform;
using Discovery.Platform.Web;
using Discovery.Proposals.Data;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Attachments;

/// <summary>The file, to whoever may see what it belongs to.</summary>
internal static class ReadAttachment
{
    public sealed record Query(string Round, Guid Id, CurrentUser User) : IRequest<Attachment>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/files/{file:guid}", async (string round, Guid file, CurrentUser user, IMediator mediator, HttpResponse response, CancellationToken ct) =>
        {
            var attachment = await mediator.Send(new Query(round, file, user), ct);
            return Papers.Send(response, attachment.Content, attachment.Type, attachment.Name);
        });

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Query, Attachment>
    {
        public async Task<Attachment> Handle(Query query, CancellationToken ct)
        {
            var round = await db.GetRound(query.Round, ct);
            var attachment = await db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == query.Id && a.Round == round.Id, ct);
            return attachment is not null && await IsVisibleAsync(attachment) ? attachment : throw new RuleBroken("proposals.file.unknown") { Status = 404 };

            async Task<bool> IsVisibleAsync(Attachment file) =>
                file.Proposal is { } id
                    ? await db.Proposals.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, ct) is { } proposal
                        && proposal.IsVisibleTo(query.User, round.Region.Slug, await db.ActsForAsync(query.User, clock.GetUtcNow(), ct))
                    : query.User.IsSignedIn && !query.User.IsMachine && file.Person == query.User.Id;
        }
    }
}
