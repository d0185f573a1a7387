using Discovery.Contracts;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Rounds.Data;
using Discovery.Rounds.Phases;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Rounds.Charters;

/// <summary>Changes dates and texts of a published charter, in public and with a reason; what the count uses is out of reach.</summary>
internal static class AmendRound
{
    /// <summary>What may change; what is null stays as it is.</summary>
    public sealed record Form
    {
        public Text? Title { get; init; }

        /// <summary>Only before the first phase: afterwards people have answered it.</summary>
        public Text? Question { get; init; }

        public Text? Summary { get; init; }
        public Text? Moderation { get; init; }
        public Contact? Verification { get; init; }
        public Contact? Appeals { get; init; }

        /// <summary>Phases by kind; those that are not named keep their dates.</summary>
        public IReadOnlyList<Phase> Phases { get; init; } = [];

        public string? Reason { get; init; }

        /// <summary>Of the charter as it was read: what somebody else has amended since is not taken back unseen. Null: as it stands.</summary>
        public int? Version { get; init; }
    }

    public sealed record Command(string Slug, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapPost("/{slug}/amendments", async (string slug, Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(slug, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Reason).IsReason();
            RuleFor(c => c.Input.Phases).Must(p => p is not null && p.All(x => x is not null)).WithMessage("rounds.phases.missing");
        }
    }

    public sealed class Handler(RoundsDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (form, round) = (command.Input, await db.GetForRunningAsync(command.Slug, user, ct));
            if (form.Version is { } read && read != round.CharterVersion) throw new RuleBroken("rounds.raced");
            var plan = round.Plan;
            var wanted = (plan with
            {
                Title = form.Title ?? plan.Title,
                Question = form.Question ?? plan.Question,
                Summary = form.Summary ?? plan.Summary,
                Moderation = form.Moderation ?? plan.Moderation,
                Verification = form.Verification ?? plan.Verification,
                Appeals = form.Appeals ?? plan.Appeals,
                Phases = [.. round.Phases.OrderBy(p => p.Position).Select(p => form.Phases.FirstOrDefault(w => w.Kind == p.Kind) ?? new(p.Kind, p.Starts, p.Ends))],
            }).Normal();
            // The same sentences are good enough as in a draft.
            if (await new DraftRules().ValidateAsync(new DraftRound.Command(wanted with { Phases = plan.Phases }), ct) is { IsValid: false } bad) throw new ValidationException(bad.Errors);
            // What two officials have promised one of them does not take away.
            if ((plan.Verification is not null && wanted.Verification is null) || (plan.Appeals is not null && wanted.Appeals is null) || (plan.Moderation.Count > 0 && wanted.Moderation.Count == 0))
                throw new RuleBroken("rounds.amend.promise");
            round.Amend(wanted, form.Reason!.Trim(), user.Id, await db.ClockAsync(clock, ct));
            await db.RememberAsync(user, ct);
            await db.SaveAsync(round, "rounds.raced", ct);
            return true;
        }
    }
}
