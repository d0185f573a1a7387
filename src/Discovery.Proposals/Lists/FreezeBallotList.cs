using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Discovery.Contracts;
using Discovery.Contracts.Proposals;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.People;
using Discovery.Proposals.Data;
using Discovery.Proposals.Endorsements;
using Discovery.Proposals.Merges;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Lists;

/// <summary>
/// All published proposals become the ballot list, once and for all. Two officials do it: the first asks, a second one confirms what then stands.
/// A tool does it at once, in demonstrations and imported rounds only.
/// </summary>
internal static class FreezeBallotList
{
    public sealed record Form
    {
        /// <summary>The hash of the list that the official has seen; without it the list as it stands is meant.</summary>
        public string? ListHash { get; init; }

        /// <summary>Whether the official meant to ask (false) or to confirm (true): two who ask at the same moment have not confirmed anything. Null takes it as it comes.</summary>
        public bool? Confirms { get; init; }

        /// <summary>The official knows that merges are still open: those that wait for answers lapse, and those that could be undone stay (rules 9).</summary>
        public bool SettlesMerges { get; init; }
    }

    public sealed record Command(string Round, CurrentUser Official, Form Input) : IRequest<Answer>;

    /// <param name="State">asked or frozen.</param>
    public sealed record Answer(string State, int Count, string ListHash);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPost("/ballot-list", async (string round, Form? form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, user, form ?? new()), ct)))
            .RequireAuthorization();

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        public async Task<Answer> Handle(Command command, CancellationToken ct)
        {
            var (official, now) = (command.Official, clock.GetUtcNow());
            var round = await db.GetRound(command.Round, ct);
            official.MustRun(round.Region.Slug, round.Charter.Origin);

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            docket.MustBeOpen();
            if (!official.IsTool) MustBeTime(round);
            var (open, undoable) = await db.UnsettledAsync(round.Id, now, ct);
            if (open + undoable > 0 && !official.IsTool && !command.Input.SettlesMerges) throw new RuleBroken("proposals.list.merges-open", open, undoable);
            var list = await db.ComposeListAsync(round, ct);
            if (list.Count == 0) throw new RuleBroken("proposals.list.empty");
            if (command.Input.ListHash is { Length: > 0 } seen && seen != list.Hash) throw new RuleBroken("proposals.list.changed");

            var asks = !official.IsTool && docket.FreezeAskedBy is null;
            if (command.Input.Confirms == asks) throw new RuleBroken("proposals.list.changed");
            if (asks) docket.AskFreeze(official.Id, now);
            else
            {
                var askedBy = docket.FreezeAskedBy;
                if (official.IsTool) docket.FreezeAtOnce(now);
                else docket.ConfirmFreeze(official.Id, now);
                db.Add(new BallotList { Round = round.Id, List = list.Json, ListHash = list.Hash, Count = list.Count, LeftOut = JsonSerializer.Serialize(list.LeftOut, JsonSerializerOptions.Web), FrozenAt = now, AskedBy = askedBy, ConfirmedBy = official.Id });
                foreach (var proposal in await db.Proposals.Where(p => p.Round == round.Id && p.PublishedAt != null).OrderBy(p => p.Number).Select(p => new { p.Id, p.Number }).ToListAsync(ct))
                    await db.NoteAsync(proposal.Id, list.LeftOut.Any(l => l.Number == proposal.Number) ? Register.LeftOut : list.Reserved.Contains(proposal.Number) ? Register.Reserved : Register.Listed, official.IsTool ? Guid.Empty : official.Id, new(), now, ct);
                await db.SettleMergesAsync(round.Id, official.IsTool ? Guid.Empty : official.Id, now, ct);
                db.Announce(new BallotListFrozen(round.Id, 1, now, list.Json, list.Hash));
            }
            await db.NoteAsync(round.Id, asks ? Register.FreezeAsked : Register.Frozen, official.IsTool ? Guid.Empty : official.Id, new(), now, ct);
            await db.RememberAsync(official, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new(asks ? "asked" : "frozen", list.Count, list.Hash);
        }
    }

    /// <summary>After proposals were collected and before voting is over; Voting waits for the list.</summary>
    public static bool IsTime(RoundCopy round) =>
        !round.IsClosed && !round.IsIn(PhaseKinds.Proposals) && !round.HasEnded(PhaseKinds.Voting) && (round.HasStarted(PhaseKinds.Admission) || round.HasStarted(PhaseKinds.Voting));

    static void MustBeTime(RoundCopy round)
    {
        if (!IsTime(round)) throw new RuleBroken("proposals.list.not-yet");
    }
}

/// <param name="Json">Exact text whose hash everybody can check.</param>
/// <param name="LeftOut">Published proposals that are not on it, and why.</param>
/// <param name="Reserved">Numbers of those that are on it by a place kept for the emerging track.</param>
internal sealed record ComposedList(string Json, string Hash, int Count, IReadOnlyList<LeftOut> LeftOut, IReadOnlyList<int> Reserved)
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static ComposedList Of(IReadOnlyList<ListedProposal> proposals, IReadOnlyList<LeftOut> leftOut, IReadOnlyList<int> reserved)
    {
        var json = JsonSerializer.Serialize(proposals, Options);
        return new(json, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))), proposals.Count, leftOut, reserved);
    }
}

internal static class Composition
{
    /// <summary>The list as it would be frozen now, with the owner families as they are known now.</summary>
    /// <exception cref="RuleBroken">409: an appeal waits for its answer (rules 9). 503: an author's or supporter's organisation has not been told about yet. Without its family its own ballots would count for its own proposal, and its support for nothing.</exception>
    public static async Task<ComposedList> ComposeListAsync(this ProposalsDb db, RoundCopy round, CancellationToken ct)
    {
        if (await db.Proposals.AnyAsync(p => p.Round == round.Id && p.AppealedAt != null, ct)) throw new RuleBroken("proposals.list.appeals-open");
        var published = await db.Proposals.AsNoTracking().Where(p => p.Round == round.Id && p.PublishedAt != null).OrderBy(p => p.Number).ToListAsync(ct);
        if (await db.Endorsements.Where(e => e.Round == round.Id && !db.Organisations.Any(o => o.Id == e.Organisation)).Join(db.Proposals, e => e.Proposal, p => p.Id, (e, p) => (int?)p.Number).FirstOrDefaultAsync(ct) is { } early)
            throw new RuleBroken("proposals.list.waits", early) { Status = 503 };
        var verdicts = Admission.Of(round, published, await db.SupportAsync(round, null, ct));
        var families = await db.Organisations.Select(o => new { o.Id, o.Family }).ToDictionaryAsync(o => o.Id, o => o.Family, ct);
        return ComposedList.Of([.. verdicts.Where(v => v.IsAdmitted).Select(v => v.Proposal).Select(p =>
        {
            List<Guid> organisations = [.. p.Organisation is { } author ? p.CoAuthors.Prepend(author).Distinct() : p.CoAuthors];
            if (!organisations.TrueForAll(families.ContainsKey)) throw new RuleBroken("proposals.list.waits", p.Number) { Status = 503 };
            return new ListedProposal(p.Number, p.Id, p.Content.Title, p.Content.Sector, organisations, [.. organisations.Select(o => families[o]).Distinct()]);
        })], [.. verdicts.Where(v => !v.IsAdmitted).Select(v => new LeftOut(v.Proposal.Number, v.Proposal.Content.Title, v.Proposal.Content.Sector, v.Reason, v.Support.Voices, v.Support.ByGroup.Count))],
            [.. verdicts.Where(v => v.Reason == Admission.Reserved).Select(v => v.Proposal.Number)]);
    }
}

/// <summary>A published proposal that does not come onto the ballot list. It stays in the nursery: readable, and open for the next round.</summary>
/// <param name="Reason">As in <see cref="Admission.Verdict"/>.</param>
/// <param name="Voices">Owners of the organisations that support it.</param>
/// <param name="Groups">From how many groups they come.</param>
internal sealed record LeftOut(int Number, Text Title, string Sector, string Reason, int Voices, int Groups);
