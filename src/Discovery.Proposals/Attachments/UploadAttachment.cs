using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Platform.Web;
using Discovery.Proposals.Data;
using Discovery.Proposals.Drafts;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Attachments;

/// <summary>A file for the draft that is being written: what it is says its content, not its name.</summary>
internal static class UploadAttachment
{
    public sealed record Command(string Round, CurrentUser Person, Guid Draft, string? FileName, Stream Content) : IRequest<Uploaded>;

    public sealed record Uploaded(Guid Id, string Name, int Size);

    /// <summary>The body is the file as it is; a name goes in <c>?name=</c>. PUT, so that no foreign page's form can send it.</summary>
    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/drafts/{draft:guid}/files", async (string round, Guid draft, string? name, CurrentUser user, HttpRequest request, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, user, draft, name, request.Body), ct)))
            .RequireAuthorization();

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, Uploaded>
    {
        public async Task<Uploaded> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            var draft = await db.OwnDraftAsync(round.Id, command.Draft, command.Person, ct);
            if (await db.Attachments.CountAsync(a => a.Draft == draft.Id, ct) >= Attachment.Most) throw new RuleBroken("proposals.file.many", Attachment.Most);
            var file = await Papers.ReadAsync(command.Content, ct) ?? throw new RuleBroken("proposals.file.large", Papers.Largest >> 20) { Status = 413 };
            var paper = Papers.Read(file) ?? throw new RuleBroken("proposals.file.wrong") { Status = 422 };
            var attachment = new Attachment
            {
                Id = Guid.CreateVersion7(), Round = round.Id, Draft = draft.Id, Person = command.Person.Id, Name = Papers.Name(command.FileName, paper),
                Type = paper.Type, Size = paper.Content.Length, Content = paper.Content, At = await db.ClockAsync(clock, ct),
            };
            db.Add(attachment);
            await db.SaveChangesAsync(ct);
            return new(attachment.Id, attachment.Name, attachment.Size);
        }
    }
}
