using Discovery.Platform;
using Discovery.Rounds.Data;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Discovery.Rounds.Wheel;

/// <summary>An official confirms what the data say about a factor, or says otherwise; with a comment either way. Nothing of it is ever overwritten.</summary>
internal static class ConfirmScore
{
    public sealed class Form
    {
        public int? Score { get; set; }
        public string? Comment { get; set; }

        /// <summary>The revision that the official has seen: 0 where nobody had confirmed anything.</summary>
        public int Revision { get; set; }
    }

    public sealed record Command(string Slug, string Factor, Form Input) : IRequest<int>;

    public static void Map(IEndpointRouteBuilder rounds) =>
        rounds.MapPut("/{slug}/wheel/{factor}", async (string slug, string factor, Form form, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(new { revision = await mediator.Send(new Command(slug, factor, form), ct) })).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Score).NotNull().WithMessage("rounds.wheel.score.missing").InclusiveBetween(0, Assessment.Most).WithMessage("rounds.wheel.score.missing");
            RuleFor(c => c.Input.Comment).Must(t => t?.Trim().Length is > 0 and <= 1000).WithMessage("rounds.wheel.comment.missing");
        }
    }

    public sealed class Handler(RoundsDb db, CurrentUser user, TimeProvider clock) : IRequestHandler<Command, int>
    {
        public async Task<int> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetForRunningAsync(command.Slug, user, ct);
            if (!Assessment.All.Contains(command.Factor)) throw new RuleBroken("rounds.wheel.unknown-factor") { Status = 404 };
            if (round.PublishedAt is null) throw new RuleBroken("rounds.wheel.draft");
            var last = await db.Wheel.Where(s => s.Round == round.Id && s.Factor == command.Factor).MaxAsync(s => (int?)s.Revision, ct) ?? 0;
            if (command.Input.Revision != last) throw new RuleBroken("rounds.wheel.raced");
            db.Add(new WheelScore
            {
                Round = round.Id, Factor = command.Factor, Revision = last + 1, Score = command.Input.Score!.Value, Comment = command.Input.Comment!.Trim(),
                Suggested = Evidence.Of(command.Factor, await db.WheelDataAsync(round.Id, ct)).Score, By = user.Id, At = clock.GetUtcNow(),
            });
            try { await db.SaveChangesAsync(ct); }
            catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } or SqliteException { SqliteExtendedErrorCode: 2067 or 1555 })
            {
                throw new RuleBroken("rounds.wheel.raced");
            }
            return last + 1;
        }
    }
}
