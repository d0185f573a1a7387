using Discovery.Moderation.Data;
using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Cases;

/// <summary>A case is given to another moderator or official of the region, or to nobody in particular.</summary>
internal static class AssignCase
{
    public sealed record Form
    {
        public Guid? Person { get; init; }
    }

    public sealed record Command(string Round, Guid Case, CurrentUser Moderator, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/cases/{item:guid}/assignee", async (string round, Guid item, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, item, user, form), ct);
            return TypedResults.NoContent();
        });

    public sealed class Handler(ModerationDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var (round, item, content) = await db.CaseAsync(command.Round, command.Case, command.Moderator, ct);
            var now = await db.ClockAsync(clock, ct);
            item.MustBeFreeFor(command.Moderator.Id, now);
            if (command.Input.Person is { } person)
            {
                if (!(await db.ColleaguesAsync(round.Region.Slug, ct)).Contains(person)) throw new RuleBroken("moderation.assign.unknown");
                await db.MustBeImpartialAsync(command.Moderator, person, item, content, now, ct);
            }
            item.Assign(command.Input.Person);
            await db.RememberAsync(command.Moderator, ct);
            await db.SaveCaseAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }
    }

    /// <summary>Who moderates in the region, as Identity tells.</summary>
    public static async Task<IReadOnlyList<Guid>> ColleaguesAsync(this ModerationDb db, string region, CancellationToken ct) =>
        [.. (await db.Moderators.AsNoTracking().ToListAsync(ct)).Where(m => m.Regions.Contains(region) || m.Regions.Contains("*")).Select(m => m.Person)];
}
