using Discovery.Identity.Data;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>To which texts, in which version and language, the person who asks has agreed, latest first.</summary>
internal static class ListMyConsents
{
    public sealed record Query : IRequest<IReadOnlyList<Row>>;

    public sealed record Row(string Document, string Version, string Language, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder me) =>
        me.MapGet("/consents", async (IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(), ct)));

    public sealed class Handler(IdentityDb db, CurrentUser user) : IRequestHandler<Query, IReadOnlyList<Row>>
    {
        public async Task<IReadOnlyList<Row>> Handle(Query query, CancellationToken ct) =>
            await db.Consents.Where(c => c.Person == user.Id).OrderByDescending(c => c.At).Select(c => new Row(c.Document, c.Version, c.Language, c.At)).ToListAsync(ct);
    }
}
