using Discovery.Contracts.Moderation;
using Discovery.Moderation.Data;
using Discovery.Moderation.Log;
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

/// <summary>A moderator decides on a case, at once; or leaves it to the officials.</summary>
internal static class DecideCase
{
    const int Least = 5, Most = 2000;

    public const string Escalate = "escalate";

    public sealed record Form
    {
        /// <summary>publish, return, hide, suggest-merge or escalate; on an appeal grant or refuse, or escalate.</summary>
        public string? Decision { get; init; }

        /// <summary>One of <see cref="ReasonCodes"/>.</summary>
        public string? Reason { get; init; }

        /// <summary>What the author reads.</summary>
        public string? Text { get; init; }

        /// <summary>Number of the content to merge with.</summary>
        public int? Other { get; init; }

        /// <summary>Sequence of the words that were read; without it the present ones are meant.</summary>
        public long? Of { get; init; }
    }

    public sealed record Command(string Round, Guid Case, CurrentUser Moderator, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPost("/cases/{item:guid}/decision", async (string round, Guid item, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, item, user, form), ct);
            return TypedResults.NoContent();
        });

    public static string Clean(string? text) => PlainText.Paragraphs(text);

    /// <summary>What is against the author needs words; all that is said stands in a file for ever, so it has an end.</summary>
    public static void IsSaid<T>(this IRuleBuilder<T, string?> rule, Func<T, bool> isNeeded) =>
        rule.Must((form, text) => !isNeeded(form) || Clean(text).Length >= Least).WithMessage("moderation.text.missing")
            .Must(text => Clean(text).Length <= Most).WithMessage("moderation.text.long");

    public sealed class Validator : AbstractValidator<Command>
    {
        static readonly IReadOnlyList<string> Known = [.. Decisions.All, Escalate, Decision.Grant, Decision.Refuse];

        public Validator()
        {
            RuleFor(c => c.Input.Decision).Must(d => d is not null && Known.Contains(d)).WithMessage("moderation.decision.missing");
            RuleFor(c => c.Input.Reason).Must(r => r is not null && ReasonCodes.All.Contains(r) && r != ReasonCodes.InOrder).WithMessage("moderation.reason.missing")
                .When(c => c.Input.Decision is Decisions.Return or Decisions.Hide);
            RuleFor(c => c.Input.Text).IsSaid(c => c.Input.Decision is Decisions.Return or Decisions.Hide or Decision.Grant or Decision.Refuse);
            RuleFor(c => c.Input.Other).NotNull().WithMessage("moderation.other.missing").When(c => c.Input.Decision == Decisions.SuggestMerge);
        }
    }

    public sealed class Handler(ModerationDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (user, input, what) = (command.Moderator, command.Input, command.Input.Decision!);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var (round, item, content) = await db.CaseAsync(command.Round, command.Case, user, ct);
            var now = await db.ClockAsync(clock, ct);
            await db.MustBeImpartialAsync(user, user.Id, item, content, now, ct);
            item.MustBeOpen();
            item.MustBeFreeFor(user.Id, now);
            if (await db.Decisions.AnyAsync(d => d.Case == item.Id && d.Sequence == null, ct)) throw new RuleBroken("moderation.pending");
            if (input.Of is { } read && read != content.Sequence) throw new RuleBroken("moderation.changed");
            await db.RememberAsync(user, ct);
            if (what == Escalate)
            {
                item.Escalate();
                await db.LogAsync(content, TransparencyLog.Escalated, user.Id, now, ct);
            }
            else
            {
                if (item.IsEscalated && !user.Is(Roles.Official, round.Region.Slug)) throw new RuleBroken("moderation.escalated") { Status = 403 };
                if (item.IsAppeal != what is Decision.Grant or Decision.Refuse) throw new ValidationException([new("Input.Decision", "moderation.decision.missing")]);
                if (what == Decisions.SuggestMerge && !await db.Contents.AnyAsync(c => c.Round == round.Id && c.Kind == content.Kind && c.Number == input.Other && c.IsShown && c.Id != content.Id, ct))
                    throw new ValidationException([new("Input.Other", "moderation.other.unknown")]);
                var decision = new Decision
                {
                    Id = Guid.CreateVersion7(),
                    Round = round.Id,
                    Case = item.Id,
                    Content = content.Id,
                    Of = content.Sequence,
                    What = what,
                    Text = Clean(input.Text),
                    Moderator = user.Id,
                    At = now,
                    DueAt = now,
                    Reason = what is Decisions.Return or Decisions.Hide ? input.Reason! : what == Decisions.SuggestMerge ? ReasonCodes.Duplicate : ReasonCodes.InOrder,
                    Other = what == Decisions.SuggestMerge ? input.Other : null,
                };
                db.Add(decision);
                await db.TakeEffectAsync(item, content, decision, now, ct);
            }
            await db.SaveCaseAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
