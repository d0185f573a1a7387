using Discovery.Contracts.Moderation;
using Discovery.Moderation.Data;
using Discovery.Moderation.Participants;
using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Cases;

/// <summary>One decision on several cases. It takes effect half a minute later, and until then it can be undone as a whole.</summary>
internal static class DecideSeveral
{
    const int Most = 100;

    public sealed record Form
    {
        /// <summary>Each as <c>case</c> or <c>case:sequence</c> of the words that were read.</summary>
        public List<string> Cases { get; init; } = [];

        /// <summary>publish or hide.</summary>
        public string? Decision { get; init; }

        public string? Reason { get; init; }
        public string? Text { get; init; }
    }

    public sealed record Command(string Round, CurrentUser Moderator, Form Input) : IRequest<Answer>;

    public sealed record UndoCommand(string Round, CurrentUser Moderator, Guid Batch) : IRequest<int>;

    /// <param name="Refused">Cases that stay as they are, and why.</param>
    public sealed record Answer(Guid Batch, DateTimeOffset Due, int Accepted, IReadOnlyList<Refusal> Refused);

    public sealed record Refusal(Guid Case, string Code);

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapPost("/decisions", async (string round, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Command(round, user, form), ct)));
        round.MapDelete("/decisions/{batch:guid}", async (string round, Guid batch, CurrentUser user, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new UndoCommand(round, user, batch), ct)));
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Cases).Must(all => all is { Count: > 0 and <= Most } && all.TrueForAll(a => Parse(a) is not null)).WithMessage("moderation.several.none");
            RuleFor(c => c.Input.Decision).Must(d => d is Decisions.Publish or Decisions.Hide).WithMessage("moderation.decision.missing");
            RuleFor(c => c.Input.Reason).Must(r => r is not null && ReasonCodes.All.Contains(r) && r != ReasonCodes.InOrder).WithMessage("moderation.reason.missing").When(c => c.Input.Decision == Decisions.Hide);
            RuleFor(c => c.Input.Text).IsSaid(c => c.Input.Decision == Decisions.Hide);
        }
    }

    static (Guid Case, long? Of)? Parse(string? text) => text?.Split(':') switch
    {
        [var id] when Guid.TryParse(id, out var item) => (item, null),
        [var id, var of] when Guid.TryParse(id, out var item) && long.TryParse(of, out var sequence) => (item, sequence),
        _ => null,
    };

    public sealed class Handler(ModerationDb db, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        public async Task<Answer> Handle(Command command, CancellationToken ct)
        {
            var (user, input) = (command.Moderator, command.Input);
            var round = await db.GetRound(command.Round, ct);
            user.MustModerate(round);
            var (batch, refused, accepted) = (Guid.CreateVersion7(), new List<Refusal>(), 0);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var now = await db.ClockAsync(clock, ct);
            foreach (var (id, of) in input.Cases.Select(c => Parse(c)!.Value).DistinctBy(c => c.Case))
            {
                var (_, item, content) = await db.CaseAsync(command.Round, id, user, ct);
                if (await ObstacleAsync(round, item, content, user, of, now, ct) is { } code) refused.Add(new(id, code));
                else
                {
                    db.Add(new Decision
                    {
                        Id = Guid.CreateVersion7(),
                        Round = round.Id,
                        Case = id,
                        Content = content.Id,
                        Of = content.Sequence,
                        What = input.Decision!,
                        Text = DecideCase.Clean(input.Text),
                        Moderator = user.Id,
                        At = now,
                        DueAt = now + Decision.Undo,
                        Batch = batch,
                        Reason = input.Decision == Decisions.Hide ? input.Reason! : ReasonCodes.InOrder,
                    });
                    accepted++;
                }
            }
            await db.RememberAsync(user, ct);
            await db.SaveCaseAsync(ct);
            await transaction.CommitAsync(ct);
            return new(batch, now + Decision.Undo, accepted, refused);
        }

        // The page leaves out what is in conflict: nobody has tried anything, so the log says nothing.
        async Task<string?> ObstacleAsync(RoundCopy round, Case item, Content content, CurrentUser user, long? of, DateTimeOffset now, CancellationToken ct)
        {
            if (item.ClosedAt is not null) return "moderation.decided";
            if (item.IsAppeal) return "moderation.several.appeal";
            if (item.IsEscalated && !user.Is(Roles.Official, round.Region.Slug)) return "moderation.escalated";
            if (item.HeldBy(now) is { } by && by != user.Id) return "moderation.claimed";
            if (of is { } read && read != content.Sequence) return "moderation.changed";
            if (await db.Decisions.AnyAsync(d => d.Case == item.Id && d.Sequence == null, ct)) return "moderation.pending";
            return await db.ConflictAsync(user.Id, item, content, now, ct) is { } conflict ? "moderation.conflict." + conflict : null;
        }
    }

    public sealed class UndoHandler(ModerationDb db, TimeProvider clock) : IRequestHandler<UndoCommand, int>
    {
        public async Task<int> Handle(UndoCommand command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            command.Moderator.MustModerate(round);
            var (me, now) = (command.Moderator.Id, await db.ClockAsync(clock, ct));
            var undone = await db.Decisions.Where(d => d.Round == round.Id && d.Batch == command.Batch && d.Moderator == me && d.Sequence == null && d.DueAt > now).ExecuteDeleteAsync(ct);
            return undone > 0 ? undone : throw new RuleBroken("moderation.undo.late");
        }
    }
}
