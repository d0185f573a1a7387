using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Identity.Accounts;
using Discovery.Identity.Audit;
using Discovery.Identity.Communities;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Organisations;

/// <summary>
/// Many organisations, members of communities and accounts at once, in one transaction: the frame of a region, a demonstration, a replayed election.
/// What is there already (by id; accounts by e-mail) stays as it is, so a batch may be sent again.
/// </summary>
internal static class Import
{
    public sealed record Batch(IReadOnlyList<OrganisationRow>? Organisations = null, IReadOnlyList<MemberRow>? Members = null, IReadOnlyList<AccountRow>? Accounts = null);

    public sealed record OrganisationRow(Guid? Id, Text? Name, string? Kind, string? RegistrationNumber = null, string? Municipality = null, Guid? Family = null);

    public sealed record MemberRow(Guid Community, Guid Person);

    /// <param name="Password">Null: nobody signs in with this account.</param>
    /// <param name="Demonstration">The sign-in page shows address and password to everybody.</param>
    public sealed record AccountRow(
        string? Email, string? DisplayName, string? Password = null, IReadOnlyList<string>? Roles = null, IReadOnlyList<Guid>? Organisations = null, bool Demonstration = false, Guid? Id = null);

    public sealed record Command(Batch Input) : IRequest<Imported>;

    /// <summary>How many were new.</summary>
    public sealed record Imported(int Organisations, int Members, int Accounts, int Mandates);

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("/import", async (Batch batch, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Command(batch), ct)));

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleForEach(c => c.Input.Organisations).ChildRules(o =>
            {
                o.RuleFor(r => r.Name).Must(n => n is not null && Names.Clean(n).Count > 0).WithMessage("identity.organisation.name.missing");
                o.RuleFor(r => r.Kind).Must(k => OrganisationKinds.All.Contains(k)).WithMessage("identity.organisation.kind.missing");
                o.RuleFor(r => r.RegistrationNumber).Must(n => string.IsNullOrWhiteSpace(n) || RegistrationNumber.Read(n) is not null).WithMessage("identity.organisation.number.wrong");
            });
            RuleForEach(c => c.Input.Accounts).ChildRules(a =>
            {
                a.RuleFor(r => r.Email).NotEmpty().WithMessage("identity.email.missing").EmailAddress().WithMessage("identity.email.wrong");
                a.RuleFor(r => r.DisplayName).Must(n => Names.Clean(n).Length is > 0 and <= 200).WithMessage("identity.name.missing");
                a.RuleFor(r => r.Password).Length(Passwords.Shortest, Passwords.Longest).WithMessage("identity.password.short");
                a.RuleForEach(r => r.Roles).Must(CreateAccount.IsRole).WithMessage("identity.role.unknown");
            });
        }
    }

    public sealed class Handler(IdentityDb db, CurrentUser user, IPasswordHasher<Person> hasher, Keyed keyed, TimeProvider clock) : IRequestHandler<Command, Imported>
    {
        readonly DateTimeOffset now = clock.GetUtcNow();

        public async Task<Imported> Handle(Command command, CancellationToken ct)
        {
            var (organisations, members, accounts) = (command.Input.Organisations ?? [], command.Input.Members ?? [], command.Input.Accounts ?? []);
            MustBeAllowed(accounts);
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            (members, accounts) = await WithoutErasedAsync(members, accounts, ct);
            var imported = new Imported(
                await AddOrganisationsAsync(organisations, ct), await AddMembersAsync(members, ct), await AddAccountsAsync(accounts, ct), await AddMandatesAsync(accounts, ct));
            if (imported is not { Organisations: 0, Members: 0, Accounts: 0, Mandates: 0 })
            {
                db.Record(user, now, "import", note: $"{imported.Organisations} + {imported.Members} + {imported.Accounts} + {imported.Mandates}");
                await db.SaveChangesAsync(ct);
            }
            await transaction.CommitAsync(ct);
            return imported;
        }

        // An official brings organisations and people; a password for everybody to see only a tool, and roles only who may grant them.
        void MustBeAllowed(IReadOnlyList<AccountRow> accounts)
        {
            if (user.IsTool) return;
            user.MustKeepBooks();
            user.MustGrant(accounts.SelectMany(a => a.Roles ?? []));
            if (accounts.Any(a => a.Demonstration)) throw new RuleBroken("denied.tool") { Status = 403 };
        }

        // An old file does not bring back who is erased, by id or by address; with the same address a person signs up again by their own hand.
        async Task<(IReadOnlyList<MemberRow>, IReadOnlyList<AccountRow>)> WithoutErasedAsync(IReadOnlyList<MemberRow> members, IReadOnlyList<AccountRow> accounts, CancellationToken ct)
        {
            var erased = await db.Users.Where(p => p.ErasedAt != null).Select(p => p.Id).ToHashSetAsync(ct);
            var known = await KnownAsync(accounts, ct);
            var unknown = accounts.Select(a => Person.Normal(a.Email!)).Where(a => !known.ContainsKey(a)).Distinct().ToDictionary(a => a, keyed.OfAddress);
            var suppressed = new HashSet<string>();
            foreach (var page in unknown.Values.Chunk(1000))
                suppressed.UnionWith((await db.Suppressed.Where(s => page.Contains(s.Address)).Select(s => s.Address).ToListAsync(ct)).Select(Convert.ToHexString));
            return ([.. members.Where(m => !erased.Contains(m.Person))],
                [.. accounts.Where(a => !(a.Id is { } id && erased.Contains(id)) && !(unknown.TryGetValue(Person.Normal(a.Email!), out var hash) && suppressed.Contains(Convert.ToHexString(hash))))]);
        }

        async Task<int> AddOrganisationsAsync(IReadOnlyList<OrganisationRow> rows, CancellationToken ct)
        {
            var known = new HashSet<Guid>();
            foreach (var page in rows.Where(r => r.Id is not null).Select(r => r.Id!.Value).Chunk(1000))
                known.UnionWith(await db.Organisations.Where(o => page.Contains(o.Id)).Select(o => o.Id).ToListAsync(ct));
            var added = 0;
            foreach (var row in rows)
            {
                var id = row.Id ?? Guid.CreateVersion7();
                if (!known.Add(id)) continue;
                var organisation = Organisation.Register(id, Names.Clean(row.Name!), row.Kind!, RegistrationNumber.Read(row.RegistrationNumber), row.Municipality, row.Family, now);
                db.Add(organisation);
                db.Announce(organisation.Registered());
                added++;
            }
            await db.SaveUniqueAsync("identity.organisation.taken", ct);
            return added;
        }

        async Task<int> AddMembersAsync(IReadOnlyList<MemberRow> rows, CancellationToken ct)
        {
            var added = 0;
            foreach (var page in rows.Select(r => r.Person).Distinct().Chunk(1000))
                if (await db.Roles.AnyAsync(r => page.Contains(r.Person), ct)) throw new RuleBroken("identity.member.authority");
            foreach (var community in rows.GroupBy(r => r.Community, r => r.Person))
            {
                var known = await db.Members.Where(m => m.Community == community.Key).Select(m => m.Person).ToHashSetAsync(ct);
                foreach (var person in community.Where(known.Add))
                {
                    var member = new Member { Community = community.Key, Person = person, VerifiedAt = now };
                    db.Add(member);
                    db.Announce(member.Verified());
                    added++;
                }
            }
            await db.SaveUniqueAsync("identity.import.raced", ct);
            return added;
        }

        async Task<int> AddAccountsAsync(IReadOnlyList<AccountRow> rows, CancellationToken ct)
        {
            var known = await KnownAsync(rows, ct);
            var fresh = rows.DistinctBy(r => Person.Normal(r.Email!)).Where(r => !known.ContainsKey(Person.Normal(r.Email!))).ToList();
            foreach (var page in fresh.Where(r => r is { Id: not null, Roles.Count: > 0 }).Select(r => r.Id!.Value).Chunk(1000))
                if (await db.Members.AnyAsync(m => page.Contains(m.Person) && m.LeftAt == null, ct)) throw new RuleBroken("identity.member.authority");
            // Hashing a password is slow on purpose: on all cores.
            var people = fresh.AsParallel().AsOrdered().Select(r => Person.Register(r.Email!, r.DisplayName!, r.Password, hasher, now)).ToList();
            var position = await db.DemonstrationAccounts.CountAsync(ct);
            foreach (var (row, person) in fresh.Zip(people))
            {
                if (row.Id is { } id) person.Id = id;
                // What a tool brings it answers for; an address that an official typed nobody has confirmed yet.
                person.EmailConfirmed = user.IsTool;
                db.Add(person);
                foreach (var role in (row.Roles ?? []).Distinct()) db.Add(new GrantedRole { Person = person.Id, Name = role, GrantedAt = now });
                if (row is { Demonstration: true, Password: not null })
                    db.Add(new DemonstrationAccount { Person = person.Id, Position = position++, Email = person.Email!, Password = row.Password });
            }
            await db.SaveUniqueAsync("identity.account.taken", ct);
            return fresh.Count;
        }

        async Task<int> AddMandatesAsync(IReadOnlyList<AccountRow> rows, CancellationToken ct)
        {
            var people = await KnownAsync(rows, ct);
            var wanted = rows.SelectMany(r => (r.Organisations ?? []).Select(o => (Organisation: o, Person: people[Person.Normal(r.Email!)]))).Distinct().ToList();
            var organisations = wanted.Select(w => w.Organisation).Distinct().ToList();
            var (registered, active) = (0, new List<Mandate>());
            foreach (var page in organisations.Chunk(1000))
            {
                registered += await db.Organisations.CountAsync(o => page.Contains(o.Id), ct);
                active.AddRange(await db.Mandates.Where(m => page.Contains(m.Organisation) && m.RevokedAt == null).ToListAsync(ct));
            }
            if (registered < organisations.Count) throw new RuleBroken("identity.organisation.unknown") { Status = 404 };
            // Who runs rounds takes no part in them.
            foreach (var page in wanted.Select(w => w.Person).Distinct().Chunk(1000))
                if (await db.Roles.AnyAsync(r => page.Contains(r.Person), ct)) throw new RuleBroken("identity.mandate.authority");
            var seats = active.ToLookup(m => m.Organisation).ToDictionary(g => g.Key, g => g.Select(m => m.Seat).ToHashSet());
            var have = active.Select(m => (m.Organisation, m.Person)).ToHashSet();
            var added = 0;
            foreach (var (organisation, person) in wanted.Where(have.Add))
            {
                if (!seats.TryGetValue(organisation, out var taken)) seats[organisation] = taken = [];
                var mandate = new Mandate { Id = Guid.CreateVersion7(), Person = person, Organisation = organisation, Seat = VerifyMandate.FreeSeat(taken), VerifiedAt = now, VerifiedBy = user.Id };
                taken.Add(mandate.Seat);
                db.Add(mandate);
                db.Announce(mandate.Verified());
                added++;
            }
            await db.SaveUniqueAsync("identity.import.raced", ct);
            return added;
        }

        async Task<Dictionary<string, Guid>> KnownAsync(IReadOnlyList<AccountRow> rows, CancellationToken ct)
        {
            var known = new Dictionary<string, Guid>();
            foreach (var page in rows.Select(r => Person.Normal(r.Email!)).Distinct().Chunk(1000))
                foreach (var person in await db.Users.Where(p => page.Contains(p.NormalizedEmail)).Select(p => new { p.NormalizedEmail, p.Id }).ToListAsync(ct))
                    known[person.NormalizedEmail!] = person.Id;
            return known;
        }
    }
}
