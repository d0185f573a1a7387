using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Communities;

/// <summary>A code from the speaker makes one person a member. Whether a wrong one is unknown, used or too old, nobody learns.</summary>
internal static class JoinByCode
{
    const int TriesOfPerson = 5, TriesOfNetwork = 30;
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public sealed class Form
    {
        public string? Code { get; set; }
    }

    public sealed record Command(Guid Community, Form Input) : IRequest;

    public static void Map(IEndpointRouteBuilder membership) =>
        membership.MapPost("/code", async (Guid id, Form form, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(id, form), ct);
            return TypedResults.NoContent();
        });

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Input.Code).Must(c => !string.IsNullOrWhiteSpace(c)).WithMessage("identity.join.code.missing");
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Keyed keyed, Throttle throttle, TimeProvider clock) : IRequestHandler<Command>
    {
        public async Task<Unit> Handle(Command command, CancellationToken ct)
        {
            var community = await db.GetCommunityAsync(command.Community, user, ct);
            var person = await db.GetJoinerAsync(user, ct);
            // The network's own limit counts failures only: forty people in one hall may all have right codes.
            await throttle.CheckAsync("identity.throttled.join", throttle.Network, TriesOfNetwork, Hour, ct);
            await throttle.CountAsync("identity.throttled.join", $"{person.Id:N}", TriesOfPerson, Hour, ct);
            var now = clock.GetUtcNow();
            // A text that is no code at all takes the same way.
            var hash = MakeCodes.Hash(keyed, community.Id, JoinCode.Read(command.Input.Code) ?? "");
            var code = await db.MemberCodes.SingleOrDefaultAsync(c => c.Community == community.Id && c.Hash == hash, ct);
            if (code is null || code.UsedAt is not null || code.ExpiresAt <= now)
            {
                await throttle.CountAsync("identity.throttled.join", throttle.Network, TriesOfNetwork, Hour, ct);
                throw new RuleBroken("identity.join.code.wrong");
            }
            // Whoever is a member already leaves the code to somebody else.
            if (await db.Members.AnyAsync(m => m.Community == community.Id && m.Person == person.Id && m.LeftAt == null, ct)) return Unit.Value;
            code.UsedAt = now;
            await db.AdmitAsync(community.Id, person.Id, Admission.ByCode, person.Id, now, ct);
            await db.SaveMembersAsync(ct, "identity.join.code.wrong");
            return Unit.Value;
        }
    }
}
