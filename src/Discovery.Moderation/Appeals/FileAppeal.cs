using Discovery.Contracts.Moderation;
using Discovery.Moderation.Cases;
using Discovery.Moderation.Data;
using Discovery.Moderation.Log;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Appeals;

/// <summary>The author objects, once and within two weeks. Another moderator than the first answers.</summary>
internal static class FileAppeal
{
    public sealed record Form
    {
        public string? Text { get; init; }
    }

    public sealed record Command(string Round, Guid Content, CurrentUser Author, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPost("/contents/{content:guid}/appeal", async (string round, Guid content, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, content, user, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Input.Text).IsSaid(_ => true);
    }

    public sealed class Handler(ModerationDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var now = await db.ClockAsync(clock, ct);
            var (round, content) = await db.OwnContentAsync(command.Round, command.Content, command.Author, now, ct);
            if (await db.LastDecisionAsync(content, ct) is not { } last || !GetDecision.IsOpen(last, content, now)) throw new RuleBroken("moderation.appeal.over");
            if (await db.Appeals.AnyAsync(a => a.Decision == last.Id, ct)) throw new RuleBroken("moderation.appeal.once");

            var appeal = new Appeal { Id = Guid.CreateVersion7(), Content = content.Id, Decision = last.Id, Person = command.Author.Id, Text = DecideCase.Clean(command.Input.Text), At = now };
            db.Add(appeal);
            db.Add(new Case { Id = appeal.Id, Round = round.Id, Content = content.Id, Why = Case.Appealed, OpenedAt = now });
            db.Announce(new AppealFiled(round.Id, content.Id, content.Decided(null), now, content.Kind));
            await db.LogAsync(content, TransparencyLog.Appealed, null, now, ct);
            await db.RememberAsync(command.Author, ct);
            await db.SaveCaseAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }
}
