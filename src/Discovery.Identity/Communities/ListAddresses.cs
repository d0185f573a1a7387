using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Communities;

/// <summary>The speaker brings the addresses of the members. Only keyed hashes are kept: whoever joins with one of them is a member at once, and nobody can read the list again.</summary>
internal static class ListAddresses
{
    /// <param name="File">One address per line or CSV (<see cref="AddressList"/>).</param>
    public sealed record Command(Guid Community, byte[] File) : IRequest<Listed>;

    public sealed record Listed(int Added, int Total);

    public sealed record Clear(Guid Community) : IRequest;

    public static void Map(IEndpointRouteBuilder members)
    {
        members.MapPost("/list", async (Guid id, Stream body, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(id, await ReadAsync(body, ct)), ct))).Accepts<Stream>("text/csv", "text/plain");
        members.MapDelete("/list", async (Guid id, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Clear(id), ct);
            return TypedResults.NoContent();
        });
    }

    /// <summary>One byte more than is allowed, at most: the rest of a file that is too large is not read.</summary>
    public static async Task<byte[]> ReadAsync(Stream body, CancellationToken ct)
    {
        var file = new byte[AddressList.MaxBytes + 1];
        return file[..await body.ReadAtLeastAsync(file, file.Length, throwOnEndOfStream: false, ct)];
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, Keyed keyed, TimeProvider clock) : IRequestHandler<Command, Listed>, IRequestHandler<Clear>
    {
        public async Task<Listed> Handle(Command command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var community = await db.GetAsSpeakerAsync(command.Community, user, now, ct);
            var known = (await db.ListedMembers.Where(l => l.Community == community.Id).Select(l => l.Address).ToListAsync(ct)).Select(Convert.ToHexString).ToHashSet();
            var fresh = AddressList.Read(command.File).Select(keyed.OfAddress).DistinctBy(Convert.ToHexString).Where(h => !known.Contains(Convert.ToHexString(h))).ToList();
            if (known.Count + fresh.Count > AddressList.MaxAddresses) throw new RuleBroken("identity.list.large", AddressList.MaxAddresses);
            if (fresh.Count == 0) return new(0, known.Count);
            db.AddRange(fresh.Select(hash => new ListedMember { Community = community.Id, Address = hash, AddedAt = now }));
            db.Record(user, now, "community.listed", community.Id, note: fresh.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await db.SaveMembersAsync(ct);
            return new(fresh.Count, known.Count + fresh.Count);
        }

        public async Task<Unit> Handle(Clear command, CancellationToken ct)
        {
            var now = clock.GetUtcNow();
            var community = await db.GetAsSpeakerAsync(command.Community, user, now, ct);
            db.RemoveRange(await db.ListedMembers.Where(l => l.Community == community.Id).ToListAsync(ct));
            db.Record(user, now, "community.unlisted", community.Id);
            await db.SaveMembersAsync(ct);
            return Unit.Value;
        }
    }
}
