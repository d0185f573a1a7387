using Discovery.Contracts;
using Discovery.Contracts.Moderation;
using Discovery.Moderation.Cases;
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

namespace Discovery.Moderation.Reports;

/// <summary>A participant says that something shown breaks the rules. Three, or one where a program has noticed something too, bring it into the queue; they never hide anything.</summary>
internal static class ReportContent
{
    const int Raises = 3, ADay = 10;

    public sealed record Form
    {
        /// <summary>One of <see cref="ReasonCodes"/>.</summary>
        public string? Reason { get; init; }

        public string? Text { get; init; }
    }

    public sealed record Query(string Round, Guid Content, CurrentUser User) : IRequest<View>;

    public sealed record Command(string Round, Guid Content, CurrentUser User, Form Input) : IRequest<bool>;

    /// <param name="IsReported">By the asker, and nobody has decided since.</param>
    public sealed record View(RoundCopy Round, Text Title, string Place, bool IsReported);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPost("/contents/{content:guid}/reports", async (string round, Guid content, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, content, user, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public static readonly IReadOnlyList<string> Reasons = [.. ReasonCodes.All.Except([ReasonCodes.InOrder, ReasonCodes.Incomplete, ReasonCodes.Unclear])];

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Reason).Must(r => r is not null && Reasons.Contains(r)).WithMessage("moderation.reason.missing");
            RuleFor(c => c.Input.Text).IsSaid(_ => true);
        }
    }

    public sealed class Viewer(ModerationDb db) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var (round, content) = await db.ReportableAsync(query.Round, query.Content, query.User, ct);
            return new(round, content.Title, content.Place, await db.Reports.AnyAsync(r => r.Content == content.Id && r.Person == query.User.Id && r.ClosedAt == null, ct));
        }
    }

    public sealed class Handler(ModerationDb db, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (me, now) = (command.User.Id, await db.ClockAsync(clock, ct));
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var (round, content) = await db.ReportableAsync(command.Round, command.Content, command.User, ct);
            await db.RememberAsync(command.User, ct);
            // Locks the row of the person: ten at the same moment are counted one after the other.
            await db.Database.ExecuteSqlAsync($"update person_copies set name = name where id = {me}", ct);
            if (await db.Reports.AnyAsync(r => r.Content == content.Id && r.Person == me && r.ClosedAt == null, ct)) throw new RuleBroken("moderation.report.once");
            var day = now.AddDays(-1);
            var today = await db.Reports.Where(r => r.Person == me && r.At > day).OrderBy(r => r.At).Select(r => r.At).ToListAsync(ct);
            if (today.Count >= ADay) throw new RuleBroken("moderation.report.many", ADay) { Status = 429, RetryAfter = today[^ADay].AddDays(1) - now };

            db.Add(new Report { Id = Guid.CreateVersion7(), Round = round.Id, Content = content.Id, Person = me, Reason = command.Input.Reason!, Text = DecideCase.Clean(command.Input.Text), At = now });
            await RaiseAsync(content, 1 + await db.Reports.CountAsync(r => r.Content == content.Id && r.ClosedAt == null, ct), now, ct);
            await db.SaveCaseAsync(ct);
            await transaction.CommitAsync(ct);
            return true;
        }

        async Task RaiseAsync(Content content, int reports, DateTimeOffset now, CancellationToken ct)
        {
            if (reports < Raises && content.Hints.Count == 0) return;
            var item = await db.Cases.FindAsync([content.Id], ct);
            if (item is null) db.Add(new Case { Id = content.Id, Round = content.Round, Content = content.Id, Why = Case.Reported, OpenedAt = now });
            else if (item.ClosedAt is not null || item.Why == Case.Hinted) item.Open(Case.Reported, now);
            else return;
            await db.LogAsync(content, TransparencyLog.Reported, null, now, ct, reports: reports);
        }
    }

    /// <summary>Shown to everybody, and somebody else's.</summary>
    static async Task<(RoundCopy Round, Content Content)> ReportableAsync(this ModerationDb db, string slug, Guid id, CurrentUser user, CancellationToken ct)
    {
        var round = await db.GetRound(slug, ct);
        if (user.Id == Guid.Empty || user.IsMachine) throw new RuleBroken("denied.sign-in") { Status = 403 };
        if (user.IsOfAuthority) throw new RuleBroken("moderation.report.office") { Status = 403 };
        var content = await db.Contents.SingleOrDefaultAsync(c => c.Id == id && c.Round == round.Id && c.IsShown, ct) ?? throw new RuleBroken("moderation.unknown") { Status = 404 };
        if (content.Author == user.Id) throw new RuleBroken("moderation.report.own") { Status = 403 };
        return (round, content);
    }
}
