using Discovery.Contracts;
using Discovery.Moderation.Cases;
using Discovery.Moderation.Data;
using Discovery.Moderation.Participants;
using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Interests;

/// <summary>Moderators declare their ties; officials and auditors of the region read all declarations.</summary>
internal static class DeclareInterest
{
    const int Most = 10;

    public sealed record Form
    {
        public Guid? Organisation { get; init; }

        /// <summary>competitor or tie.</summary>
        public string? Kind { get; init; }

        public string? Text { get; init; }
    }

    public sealed record Query(string Round, CurrentUser User, string? Search = null) : IRequest<View>;

    public sealed record Command(string Round, CurrentUser User, Form Input) : IRequest<bool>;

    public sealed record Withdrawal(string Round, CurrentUser User, Guid Organisation) : IRequest<bool>;

    /// <param name="MayDeclare">The asker moderates here.</param>
    /// <param name="Found">Organisations whose names hold the words.</param>
    public sealed record View(RoundCopy Round, bool MayDeclare, IReadOnlyList<Declared> Mine, IReadOnlyList<Declared> Others, IReadOnlyList<Named> Found);

    public sealed record Declared(Guid Organisation, Text Name, string Kind, string Text, DateTimeOffset At, string Person);

    public sealed record Named(Guid Id, Text Name);

    public static void Map(IEndpointRouteBuilder round)
    {
        round.MapGet("/interests", async (string round, CurrentUser user, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(round, user), ct) with { Round = null! }));
        round.MapPost("/interests", async (string round, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) => { await mediator.Send(new Command(round, user, form), ct); return TypedResults.NoContent(); });
        round.MapDelete("/interests/{organisation:guid}", async (string round, Guid organisation, CurrentUser user, IMediator mediator, CancellationToken ct) => { await mediator.Send(new Withdrawal(round, user, organisation), ct); return TypedResults.NoContent(); });
    }

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Organisation).NotNull().WithMessage("moderation.interest.organisation");
            RuleFor(c => c.Input.Kind).Must(k => k is not null && Interest.Kinds.Contains(k)).WithMessage("moderation.interest.kind");
            RuleFor(c => c.Input.Text).IsSaid(_ => false);
        }
    }

    public sealed class Viewer(ModerationDb db) : IRequestHandler<Query, View>
    {
        public async Task<View> Handle(Query query, CancellationToken ct)
        {
            var (user, round) = (query.User, await db.GetRound(query.Round, ct));
            var reads = user.Is(Roles.Official, round.Region.Slug) || user.Is(Roles.Auditor, round.Region.Slug);
            if (!user.MayModerate(round) && (!reads || user.IsMachine)) throw new RuleBroken("denied.moderator") { Status = 403 };
            var colleagues = reads ? await db.ColleaguesAsync(round.Region.Slug, ct) : [];
            var people = await db.Aliases.Where(a => a.Round == round.Id).Select(a => a.Person).ToListAsync(ct);
            var all = await db.Interests.AsNoTracking().Where(i => i.Person == user.Id || (reads && (colleagues.Contains(i.Person) || people.Contains(i.Person)))).OrderBy(i => i.At).ToListAsync(ct);
            var ids = all.ConvertAll(i => i.Organisation);
            var names = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToDictionaryAsync(o => o.Id, o => o.Name, ct);
            var known = await db.NamesAsync(round.Id, all.Select(i => i.Person), ct);
            var declared = all.ToLookup(i => i.Person == user.Id, i => new Declared(i.Organisation, names.GetValueOrDefault(i.Organisation) ?? [], i.Kind, i.Text, i.At, known[i.Person]));
            return new(round, user.MayModerate(round), [.. declared[true]], [.. declared[false]], await FindAsync(query.Search, ct));
        }

        async Task<IReadOnlyList<Named>> FindAsync(string? search, CancellationToken ct)
        {
            var found = db.Organisations.AsNoTracking().Where(o => o.Search != "");
            var words = PlainText.Searchable(search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) return [];
            foreach (var word in words.Take(8)) found = found.Where(o => o.Search.Contains(word));
            return await found.OrderBy(o => o.Search).Take(Most).Select(o => new Named(o.Id, o.Name)).ToListAsync(ct);
        }
    }

    public sealed class Handler(ModerationDb db, TimeProvider clock) : IRequestHandler<Command, bool>, IRequestHandler<Withdrawal, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            command.User.MustModerate(await db.GetRound(command.Round, ct));
            var (me, organisation) = (command.User.Id, command.Input.Organisation!.Value);
            if (!await db.Organisations.AnyAsync(o => o.Id == organisation, ct)) throw new ValidationException([new("Input.Organisation", "moderation.interest.organisation")]);
            var interest = await db.Interests.FindAsync([me, organisation], ct);
            var (kind, text) = (command.Input.Kind!, DecideCase.Clean(command.Input.Text));
            if (interest is null) db.Add(new Interest { Person = me, Organisation = organisation, Kind = kind, Text = text, At = clock.GetUtcNow() });
            else (interest.Kind, interest.Text, interest.At) = (kind, text, clock.GetUtcNow());
            await db.RememberAsync(command.User, ct);
            await db.SaveChangesAsync(ct);
            return true;
        }

        public async Task<bool> Handle(Withdrawal command, CancellationToken ct)
        {
            command.User.MustModerate(await db.GetRound(command.Round, ct));
            return await db.Interests.Where(i => i.Person == command.User.Id && i.Organisation == command.Organisation).ExecuteDeleteAsync(ct) > 0;
        }
    }
}
