using System.Globalization;
using Discovery.Identity.Audit;
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

/// <summary>The speaker makes codes to hand out on paper. They are in this one answer and nowhere else.</summary>
internal static class MakeCodes
{
    /// <summary>At once, and unused at a time.</summary>
    public const int Most = 100, MostOpen = 2000;

    public sealed class Form
    {
        public int? Count { get; set; } = 20;
    }

    public sealed record Command(Guid Community, Form Input) : IRequest<Made>;

    public sealed record Made(IReadOnlyList<string> Codes, DateTimeOffset ExpiresAt);

    public static void Map(IEndpointRouteBuilder members) =>
        members.MapPost("/codes", async (Guid id, Form form, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Command(id, form), ct)));

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Input.Count).NotNull().WithMessage("identity.codes.count").InclusiveBetween(1, Most).WithMessage("identity.codes.count");
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Keyed keyed, TimeProvider clock) : IRequestHandler<Command, Made>
    {
        public async Task<Made> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var community = await db.GetAsSpeakerAsync(command.Community, user, now, ct);
            db.RemoveRange(await db.MemberCodes.Where(c => c.Community == community.Id && c.ExpiresAt <= now).ToListAsync(ct));
            if (await db.MemberCodes.CountAsync(c => c.Community == community.Id && c.UsedAt == null && c.ExpiresAt > now, ct) + command.Input.Count > MostOpen) throw new RuleBroken("identity.codes.many", MostOpen);

            var codes = Enumerable.Range(0, command.Input.Count!.Value).Select(_ => JoinCode.Make()).Distinct().ToList();
            db.AddRange(codes.Select(code => new MemberCode { Id = Guid.CreateVersion7(), Community = community.Id, Hash = Hash(keyed, community.Id, code), CreatedAt = now, ExpiresAt = now + JoinCode.Life }));
            db.Record(user, now, "community.codes", community.Id, note: codes.Count.ToString(CultureInfo.InvariantCulture));
            await db.SaveMembersAsync(ct);
            return new(codes.ConvertAll(JoinCode.Show), now + JoinCode.Life);
        }
    }

    /// <summary>Of a code as it was made; the same code of another community has another hash.</summary>
    public static byte[] Hash(Keyed keyed, Guid community, string code) => keyed.Hash("member-code", $"{community:N} {code}");
}
