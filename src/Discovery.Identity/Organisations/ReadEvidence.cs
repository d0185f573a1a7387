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

/// <summary>The document, to officials of the books and to whoever uploaded it, as a file to keep and never as a page of ours.</summary>
internal static class ReadEvidence
{
    public sealed record Query(Guid Id) : IRequest<File>;

    public sealed record File(string Name, string Type, byte[] Content);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapGet("/evidence/{id:guid}", async (Guid id, IMediator mediator, HttpResponse response, CancellationToken ct) =>
        {
            var file = await mediator.Send(new Query(id), ct);
            return Papers.Send(response, file.Content, file.Type, file.Name);
        });

    public sealed class Handler(IdentityDb db, CurrentUser user, Keyed keyed) : IRequestHandler<Query, File>
    {
        public async Task<File> Handle(Query query, CancellationToken ct)
        {
            user.MustBePerson();
            var isOfficial = user.KeepsBooks();
            var evidence = await db.Evidence.AsNoTracking().SingleOrDefaultAsync(e => e.Id == query.Id && (isOfficial || db.Claims.Any(c => c.Id == e.Claim && c.Person == user.Id)), ct)
                ?? throw new RuleBroken("identity.evidence.unknown") { Status = 404 };
            return new(evidence.FileName, evidence.ContentType, keyed.OpenBytes("evidence", evidence.Sealed));
        }
    }
}
