using Discovery.Platform;
using Discovery.Rounds.Data;
using MediatR;

namespace Discovery.Rounds.Charters;

/// <summary>A charter as it was asked for, to be written on or copied by officials of its region.</summary>
internal static class GetCharter
{
    public sealed record Query(string Slug) : IRequest<DraftRound.Form>;

    public sealed class Handler(RoundsDb db, CurrentUser user) : IRequestHandler<Query, DraftRound.Form>
    {
        public async Task<DraftRound.Form> Handle(Query query, CancellationToken ct) => (await db.GetForRunningAsync(query.Slug, user, ct)).Plan;
    }
}
