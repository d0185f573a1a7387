using System.Text.Json;
using Discovery.Contracts;
using Discovery.Identity.Accounts;
using Discovery.Identity.Organisations;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.Persistence;
using Discovery.Site;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Discovery.Identity.Data;

internal abstract class IdentityDb(DbContextOptions options) : IdentityUserContext<Person, Guid>(options)
{

    public DbSet<RoundCopy> Rounds => Set<RoundCopy>();
    public DbSet<GrantedRole> Roles => Set<GrantedRole>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Mandate> Mandates => Set<Mandate>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<DemonstrationAccount> DemonstrationAccounts => Set<DemonstrationAccount>();

    /// <summary>Saves; where a unique index refuses, the rule <paramref name="taken"/> says so.</summary>
    public async Task SaveUniqueAsync(string taken, CancellationToken ct)
    {
        try { await SaveChangesAsync(ct); }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } or SqliteException { SqliteExtendedErrorCode: 2067 or 1555 })
        {
            throw new RuleBroken(taken);
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UsePlainTypes(this);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.AddMessaging();
        builder.AddRounds();
        builder.Entity<Person>(person =>
        {
            person.ToTable("people");
            person.Property(p => p.DisplayName).HasMaxLength(200);
            person.HasIndex(p => p.NormalizedEmail).IsUnique().HasDatabaseName("EmailIndex");
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("person_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("person_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("person_tokens");
        builder.Entity<GrantedRole>(role =>
        {
            role.ToTable("roles");
            role.HasKey(r => new { r.Person, r.Name });
            role.Property(r => r.Name).HasMaxLength(120);
            role.HasOne<Person>().WithMany().HasForeignKey(r => r.Person);
        });
        builder.Entity<DemonstrationAccount>(account =>
        {
            account.HasKey(a => a.Person);
            account.HasOne<Person>().WithMany().HasForeignKey(a => a.Person);
        });
        builder.Entity<Organisation>(organisation =>
        {
            organisation.Property(o => o.Id).ValueGeneratedNever();
            organisation.Property(o => o.Name).HasConversion(
                name => JsonSerializer.Serialize(name, Wire.Json), text => JsonSerializer.Deserialize<Text>(text, Wire.Json)!,
                new ValueComparer<Text>((a, b) => a!.SequenceEqual(b!), name => name.Count, name => name));
            organisation.Property(o => o.SearchName).HasMaxLength(700);
            organisation.Property(o => o.Kind).HasMaxLength(20);
            organisation.Property(o => o.RegistrationNumber).HasMaxLength(20);
            organisation.Property(o => o.Municipality).HasMaxLength(100);
            organisation.HasIndex(o => o.RegistrationNumber).IsUnique();
            organisation.HasIndex(o => o.SearchName);
        });
        builder.Entity<Mandate>(mandate =>
        {
            mandate.Property(m => m.Id).ValueGeneratedNever();
            mandate.Property(m => m.RevokedAt).IsConcurrencyToken();
            mandate.HasIndex(m => m.Person);
            mandate.HasIndex(m => new { m.Organisation, m.Seat }).IsUnique().HasFilter("revoked_at is null");
            mandate.HasIndex(m => new { m.Organisation, m.Person }).IsUnique().HasFilter("revoked_at is null");
            mandate.HasOne<Person>().WithMany().HasForeignKey(m => m.Person);
            mandate.HasOne<Organisation>().WithMany().HasForeignKey(m => m.Organisation);
        });
        builder.Entity<Member>().HasKey(m => new { m.Community, m.Person });
        builder.UseSnakeCase();
    }
}

internal sealed class SqliteIdentityDb(DbContextOptions<SqliteIdentityDb> options) : IdentityDb(options);

internal sealed class PostgresIdentityDb(DbContextOptions<PostgresIdentityDb> options) : IdentityDb(options);

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteIdentityDb>
{
    public SqliteIdentityDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteIdentityDb>().UseSqlite("Data Source=design.db").Options);
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresIdentityDb>
{
    public PostgresIdentityDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresIdentityDb>().UseNpgsql("Host=design").Options);
}
