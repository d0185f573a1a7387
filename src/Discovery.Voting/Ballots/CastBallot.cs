using Discovery.Platform;
using Discovery.Voting.Ledger;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Voting.Ballots;

/// <summary>Casts a ballot, or changes the one cast before: the last counts.</summary>
internal static class CastBallot
{
    /// <summary><paramref name="As"/>: the organisation, or the person, that votes; may be left out by who has only one capacity, or has chosen one for the session.
    /// <paramref name="Tiers"/>: proposal numbers, best first, equal ones in one tier. <paramref name="Approved"/>: those above the approval line; null for the upper half of the list.</summary>
    public sealed record Form(Guid? As, IReadOnlyList<IReadOnlyList<int>>? Tiers, IReadOnlyList<int>? Approved);

    public sealed record Command(string Round, CurrentUser User, Form Input) : IRequest<Receipt>;

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapPut("/{round}/ballot", async (string round, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, user, form), ct))).RequireAuthorization();

    public sealed class Handler(Sheets sheets, LedgerWriter ledger) : IRequestHandler<Command, Receipt>
    {
        public async Task<Receipt> Handle(Command command, CancellationToken ct)
        {
            var (user, form) = (command.User, command.Input);
            if (user.IsOfAuthority) throw new RuleBroken("voting.official") { Status = 403 };
            var sheet = await sheets.GetAsync(command.Round, ct);
            var choice = new Choice(form.Tiers ?? [], form.Approved);
            sheet.MustAccept(choice);
            var recorded = await ledger.AppendAsync(sheet.Round, new Act.Cast(user.Id, form.As, choice, user.Usual), ct);
            return Receipt.Of(recorded);
        }
    }
}

/// <summary>Proof that something is recorded, never how: the leaf of the ledger's tree, and its first 80 bits for people to type.</summary>
internal sealed record Receipt(string Code, string Leaf, long Sequence, int Revision)
{
    public static Receipt Of(Recorded recorded) => new(CodeOf(recorded.Leaf), Canonical.Hex(recorded.Leaf), recorded.Sequence, recorded.Revision);

    /// <summary>«3f2a 90cc 17e4 b5d0 6a1e»: five groups of four hexadecimal digits.</summary>
    public static string CodeOf(byte[] leaf) => string.Join(' ', Canonical.Hex(leaf[..10]).Chunk(4).Select(c => new string(c)));
}
