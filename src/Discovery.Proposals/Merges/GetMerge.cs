using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Proposals.Data;
using Discovery.Proposals.Endorsements;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Merges;

/// <summary>A merge as everybody sees it: what becomes of which text, who has agreed, and what became of the support.</summary>
internal static class GetMerge
{
    public sealed record Query(string Round, Guid Merge, CurrentUser User) : IRequest<View>;

    /// <param name="By">In whose name it is proposed; null: an official or a moderator suggests it.</param>
    /// <param name="Before">The content of the lead before it.</param>
    /// <param name="Content">The content of the merged text.</param>
    /// <param name="MayAnswer">An organisation of the asker has not answered yet.</param>
    /// <param name="Mine">Organisations of the asker that are asked what becomes of their support.</param>
    public sealed record View(
        Guid Id, string State, Part Lead, IReadOnlyList<Part> Others, Text? By, string Reason, DateTimeOffset ProposedAt, DateTimeOffset ExpiresAt, DateTimeOffset? EndedAt, DateTimeOffset? UndoUntil,
        string? UndoReason, Content Before, Content Content, IReadOnlyList<Answer> Answers, bool MayAnswer, bool MayUndo, bool MayWithdraw, IReadOnlyList<Asked> Mine);

    /// <param name="Silent">Organisations whose support has stayed with this closed text because they have not answered; it is never added to the merged one.</param>
    public sealed record Part(Guid Proposal, int Number, Text Title, string Sector, int Silent, int Kept, int Returned);

    public sealed record Answer(Text Organisation, bool? Agrees, DateTimeOffset? At, string? Reason);

    public sealed record Asked(Guid Organisation, Text Name);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapGet("/merges/{merge:guid}", async (string round, Guid merge, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Query(round, merge, user), ct)));

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var (user, now) = (query.User, clock.GetUtcNow());
            var round = await db.GetRound(query.Round, ct);
            var merge = await db.MergeAsync(round.Id, query.Merge, ct);
            var parts = await db.PartsAsync(merge, ct);
            var own = user.IsOfAuthority ? [] : await db.ActsForAsync(user, now, ct);
            // Taken away since: what is not shown is not shown here either.
            if (parts.Exists(p => !p.IsVisibleTo(user, round.Region.Slug, own))) throw new RuleBroken("proposals.merge.unknown") { Status = 404 };
            var answers = await db.MergeAnswers.AsNoTracking().Where(a => a.Merge == merge.Id).ToListAsync(ct);
            var supports = await db.TouchedSupports.AsNoTracking().Where(s => s.Merge == merge.Id && s.State != TouchedSupport.Dropped).ToListAsync(ct);
            List<Guid> ids = [.. answers.Select(a => a.Organisation), .. supports.Select(s => s.Organisation).Where(own.Contains), merge.Organisation ?? Guid.Empty];
            var names = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, ct);
            var docket = await db.Dockets.AsNoTracking().SingleOrDefaultAsync(d => d.Round == round.Id, ct);
            var isTime = docket?.IsChangeable(round) == true;
            var isAsked = merge.State == MergeStates.Open && merge.ExpiresAt > now;
            var before = merge.LeadVersion is { } version ? (await db.Revisions.AsNoTracking().SingleAsync(r => r.Proposal == merge.Lead && r.Number == version - 1, ct)).Content : parts[0].Content;
            return new(
                merge.Id, merge.State == MergeStates.Open && !isAsked ? MergeStates.Lapsed : merge.State, Shown(parts[0]), parts[1..].ConvertAll(Shown), merge.Organisation is { } by ? names.GetValueOrDefault(by, []) : null, merge.Reason,
                merge.ProposedAt, merge.ExpiresAt, merge.EndedAt, merge.UndoUntil, merge.UndoReason, before, merge.Content,
                [.. answers.OrderBy(a => a.Agrees is null).ThenBy(a => a.At).Select(a => new Answer(names.GetValueOrDefault(a.Organisation, []), a.Agrees, a.At, a.Reason))],
                isTime && isAsked && answers.Exists(a => a.Agrees is null && own.Contains(a.Organisation)), isTime && merge.MayBeUndone(now) && answers.Exists(a => own.Contains(a.Organisation)),
                isAsked && user.IsSignedIn && merge.Person == user.Id,
                merge.State == MergeStates.Done && docket?.FrozenAt is null && EndorseProposal.IsTime(round) ? [.. supports.Where(s => s.State == TouchedSupport.Asked && own.Contains(s.Organisation)).Select(s => s.Organisation).Distinct().Select(o => new Asked(o, names.GetValueOrDefault(o, [])))] : []);

            Part Shown(Proposal p) => new(p.Id, p.Number, p.Content.Title, p.Content.Sector, Count(p, TouchedSupport.Asked), Count(p, TouchedSupport.Kept), Count(p, TouchedSupport.Returned));
            int Count(Proposal p, string state) => supports.Count(s => s.Proposal == p.Id && s.State == state);
        }
    }

    /// <summary>A merge as the page of one of its proposals mentions it.</summary>
    /// <param name="Others">Numbers of the other proposals.</param>
    /// <param name="Until">When answers or the undoing end.</param>
    public sealed record Note(Guid Id, string State, IReadOnlyList<int> Others, DateTimeOffset Until);

    /// <summary>Those that are asked about or were done, latest first.</summary>
    public static async Task<IReadOnlyList<Note>> MergesOfAsync(this ProposalsDb db, Guid proposal, DateTimeOffset now, CancellationToken ct)
    {
        var merges = await db.Merges.AsNoTracking().Where(m => db.MergeParts.Any(p => p.Merge == m.Id && p.Proposal == proposal) && ((m.State == MergeStates.Open && m.ExpiresAt > now) || m.State == MergeStates.Done))
            .OrderByDescending(m => m.ProposedAt).Select(m => new { m.Id, m.State, m.ExpiresAt, m.UndoUntil }).ToListAsync(ct);
        if (merges.Count == 0) return [];
        var ids = merges.ConvertAll(m => m.Id);
        var numbers = (await db.MergeParts.Where(p => ids.Contains(p.Merge) && p.Proposal != proposal).Join(db.Proposals, p => p.Proposal, p => p.Id, (x, p) => new { x.Merge, p.Number }).ToListAsync(ct)).ToLookup(p => p.Merge, p => p.Number);
        return merges.ConvertAll(m => new Note(m.Id, m.State, [.. numbers[m.Id].Order()], m.UndoUntil ?? m.ExpiresAt));
    }
}
