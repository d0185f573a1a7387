using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>The signed document that proves a claim: checked by its content, cleaned, sealed.</summary>
internal static class UploadEvidence
{
    public const int Most = 3;

    public sealed record Command(Guid Claim, string? FileName, Stream Content) : IRequest<Uploaded>;

    public sealed record Uploaded(Guid Id);

    /// <summary>The body is the file as it is; a name goes in <c>?name=</c>. PUT, so that no foreign page's form can send it.</summary>
    public static void Map(IEndpointRouteBuilder claims) =>
        claims.MapPut("/{id:guid}/evidence", async (Guid id, string? name, HttpRequest request, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(id, name, request.Body), ct)))
            .Accepts<byte[]>("application/pdf", "image/png", "image/jpeg");

    public sealed class Handler(IdentityDb db, CurrentUser user, Claims claims, Keyed keyed, Throttle throttle) : IRequestHandler<Command, Uploaded>
    {
        public async Task<Uploaded> Handle(Command command, CancellationToken ct)
        {
            var claim = await claims.OwnOpenAsync(command.Claim, ClaimRoutes.Document, ct);
            await throttle.CountAsync("identity.throttled.evidence", user.Id.ToString(), 20, TimeSpan.FromDays(1), ct);
            if (await db.Evidence.CountAsync(e => e.Claim == claim.Id, ct) >= Most) throw new RuleBroken("identity.evidence.enough", Most);
            var file = await Papers.ReadAsync(command.Content, ct) ?? throw new RuleBroken("identity.evidence.large") { Status = 413 };
            var paper = Papers.Read(file) ?? throw new RuleBroken("identity.evidence.wrong") { Status = 422 };
            var evidence = new Evidence
            {
                Id = Guid.CreateVersion7(), Claim = claim.Id, FileName = Papers.Name(command.FileName, paper), ContentType = paper.Type, Size = paper.Content.Length,
                Sealed = keyed.SealBytes("evidence", paper.Content), UploadedAt = claims.Now,
            };
            db.Add(evidence);
            db.Record(user, claims.Now, "evidence.uploaded", claim.Organisation, claim.Person);
            await claims.ProvedAsync(claim, ct);
            return new(evidence.Id);
        }
    }
}
