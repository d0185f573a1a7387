using System.Text.Json;
using Discovery.Contracts;
using Discovery.Identity.Accounts;
using Discovery.Identity.Audit;
using Discovery.Identity.Communities;
using Discovery.Identity.Organisations;
using Discovery.Identity.People;
using Discovery.Identity.Subscriptions;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.People;
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
    public DbSet<UserSession> Sessions => Set<UserSession>();
    public DbSet<OneTimeCode> Codes => Set<OneTimeCode>();
    public DbSet<Throttled> Throttled => Set<Throttled>();
    public DbSet<Letter> Letters => Set<Letter>();
    public DbSet<Suppressed> Suppressed => Set<Suppressed>();
    public DbSet<Consent> Consents => Set<Consent>();
    public DbSet<ApiToken> ApiTokens => Set<ApiToken>();
    public DbSet<Pepper> Peppers => Set<Pepper>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Mandate> Mandates => Set<Mandate>();
    public DbSet<MandateClaim> Claims => Set<MandateClaim>();
    public DbSet<Evidence> Evidence => Set<Evidence>();
    public DbSet<Dispute> Disputes => Set<Dispute>();
    public DbSet<LetterCode> LetterCodes => Set<LetterCode>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<ListedMember> ListedMembers => Set<ListedMember>();
    public DbSet<MemberCode> MemberCodes => Set<MemberCode>();
    public DbSet<MemberRequest> MemberRequests => Set<MemberRequest>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<ToldAuthority> ToldAuthorities => Set<ToldAuthority>();
    public DbSet<Subscription> Subscriptions => Set<Subscription>();
    public DbSet<RoundNews> News => Set<RoundNews>();
    public DbSet<NewsIssue> Issues => Set<NewsIssue>();
    public DbSet<DemonstrationAccount> DemonstrationAccounts => Set<DemonstrationAccount>();

    // With the table of passkeys.
    protected override Version SchemaVersion => IdentitySchemaVersions.Version3;

    /// <summary>Saves; where a unique index refuses, or somebody was faster, the rule <paramref name="taken"/> says so.</summary>
    public async Task SaveUniqueAsync(string taken, CancellationToken ct)
    {
        try { await SaveChangesAsync(ct); }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } or SqliteException { SqliteExtendedErrorCode: 2067 or 1555 })
        {
            throw new RuleBroken(taken);
        }
        // Somebody changed the same thing at the same moment.
        catch (DbUpdateConcurrencyException)
        {
            throw new RuleBroken(taken);
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UsePlainTypes(this);

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.AddMessaging();
        builder.AddPeople();
        builder.AddRounds();
        builder.Entity<Person>(person =>
        {
            person.ToTable("people");
            person.Property(p => p.DisplayName).HasMaxLength(200);
            person.Property(p => p.Language).HasMaxLength(10);
            person.HasIndex(p => new { p.Network, p.CreatedAt });
            person.HasIndex(p => p.NormalizedEmail).IsUnique().HasDatabaseName("EmailIndex");
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("person_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("person_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("person_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>(passkey =>
        {
            passkey.ToTable("person_passkeys");
            passkey.HasKey(p => p.CredentialId);
            passkey.Property(p => p.CredentialId).HasMaxLength(1024);
            passkey.HasIndex(p => p.UserId);
            passkey.OwnsOne(p => p.Data).ToJson("data");
        });
        builder.Entity<UserSession>(session =>
        {
            session.Property(s => s.Id).ValueGeneratedNever();
            session.Property(s => s.Device).HasMaxLength(100);
            session.Property(s => s.Method).HasMaxLength(60);
            session.HasIndex(s => s.Person);
        });
        builder.Entity<OneTimeCode>(code => { code.Property(c => c.Id).ValueGeneratedNever(); code.Property(c => c.Purpose).HasMaxLength(20); code.HasIndex(c => c.ExpiresAt); });
        builder.Entity<Throttled>(throttled => { throttled.ToTable("throttled"); throttled.HasKey(t => new { t.Key, t.Until }); throttled.HasIndex(t => t.Until); });
        builder.Entity<Letter>(letter => { letter.Property(l => l.Id).ValueGeneratedNever(); letter.HasIndex(l => l.DueAt); letter.HasOne<Subscription>().WithMany().HasForeignKey(l => l.Subscription).OnDelete(DeleteBehavior.Cascade); });
        builder.Entity<Suppressed>(suppressed => { suppressed.ToTable("suppressed"); suppressed.HasKey(s => s.Address); });
        builder.Entity<Consent>(consent =>
        {
            consent.HasKey(c => new { c.Person, c.Document, c.Version });
            consent.Property(c => c.Document).HasMaxLength(40);
            consent.Property(c => c.Version).HasMaxLength(40);
            consent.Property(c => c.Language).HasMaxLength(10);
        });
        builder.Entity<ApiToken>(token =>
        {
            token.Property(t => t.Id).ValueGeneratedNever();
            token.Property(t => t.Name).HasMaxLength(100);
            token.Property(t => t.Scopes).HasMaxLength(2000);
            token.HasIndex(t => t.Hash).IsUnique();
            token.HasIndex(t => t.Person);
            token.HasIndex(t => t.Organisation);
        });
        builder.Entity<Pepper>().Property(p => p.Id).ValueGeneratedNever();
        builder.Entity<GrantedRole>(role =>
        {
            role.ToTable("roles");
            role.HasKey(r => new { r.Person, r.Name });
            role.Property(r => r.Name).HasMaxLength(120);
            role.HasOne<Person>().WithMany().HasForeignKey(r => r.Person);
        });
        builder.Entity<ToldAuthority>(told =>
        {
            told.ToTable("told_authority");
            told.HasKey(t => t.Person);
            told.Property(t => t.Person).ValueGeneratedNever();
            told.Property(t => t.Sequence).IsConcurrencyToken();
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
            organisation.Property(o => o.LegalForm).HasMaxLength(60);
            organisation.Property(o => o.NumberKind).HasMaxLength(10);
            organisation.Property(o => o.RegistrationNumber).HasMaxLength(30);
            organisation.Property(o => o.Size).HasMaxLength(10);
            organisation.Property(o => o.Municipality).HasMaxLength(100);
            organisation.Property(o => o.Activity).HasMaxLength(20);
            organisation.Property(o => o.Domain).HasMaxLength(255);
            organisation.Property(o => o.FrameAddress).HasMaxLength(320);
            organisation.Property(o => o.Sequence).IsConcurrencyToken();
            organisation.HasIndex(o => o.Family);
            organisation.HasIndex(o => o.Domain);
            organisation.HasIndex(o => o.RegistrationNumber).IsUnique();
            organisation.HasIndex(o => o.SearchName);
        });
        builder.Entity<Mandate>(mandate =>
        {
            mandate.Property(m => m.Id).ValueGeneratedNever();
            mandate.Property(m => m.RevokedAt).IsConcurrencyToken();
            mandate.Property(m => m.Role).HasMaxLength(20);
            mandate.Property(m => m.Route).HasMaxLength(20);
            mandate.HasIndex(m => m.Person);
            mandate.HasIndex(m => new { m.Organisation, m.Seat }).IsUnique().HasFilter("revoked_at is null");
            mandate.HasIndex(m => new { m.Organisation, m.Person }).IsUnique().HasFilter("revoked_at is null");
            mandate.HasOne<Person>().WithMany().HasForeignKey(m => m.Person);
            mandate.HasOne<Organisation>().WithMany().HasForeignKey(m => m.Organisation);
        });
        builder.Entity<MandateClaim>(claim =>
        {
            claim.ToTable("mandate_claims");
            claim.Property(c => c.Id).ValueGeneratedNever();
            claim.Property(c => c.Route).HasMaxLength(20);
            claim.Property(c => c.Role).HasMaxLength(20);
            claim.Property(c => c.Position).HasMaxLength(200);
            claim.Property(c => c.Reason).HasMaxLength(2000);
            claim.Property(c => c.State).IsConcurrencyToken();
            // One open claim of a person to an organisation.
            claim.HasIndex(c => new { c.Organisation, c.Person }).IsUnique().HasFilter("state = 0");
            claim.HasIndex(c => c.Person);
            claim.HasOne<Organisation>().WithMany().HasForeignKey(c => c.Organisation);
            claim.HasOne<Person>().WithMany().HasForeignKey(c => c.Person);
        });
        builder.Entity<Evidence>(evidence =>
        {
            evidence.ToTable("evidence");
            evidence.Property(e => e.Id).ValueGeneratedNever();
            evidence.Property(e => e.FileName).HasMaxLength(200);
            evidence.Property(e => e.ContentType).HasMaxLength(60);
            evidence.HasOne<MandateClaim>().WithMany().HasForeignKey(e => e.Claim);
        });
        builder.Entity<Dispute>(dispute =>
        {
            dispute.Property(d => d.Id).ValueGeneratedNever();
            dispute.Property(d => d.Reason).HasMaxLength(2000);
            dispute.Property(d => d.ResolvedAt).IsConcurrencyToken();
            dispute.HasIndex(d => d.Organisation).IsUnique().HasFilter("resolved_at is null");
            dispute.HasOne<Organisation>().WithMany().HasForeignKey(d => d.Organisation);
        });
        builder.Entity<LetterCode>(code =>
        {
            code.Property(c => c.Id).ValueGeneratedNever();
            code.Property(c => c.UsedAt).IsConcurrencyToken();
            code.HasIndex(c => c.Hash).IsUnique();
            code.HasOne<Organisation>().WithMany().HasForeignKey(c => c.Organisation);
        });
        builder.Entity<Invitation>(invitation =>
        {
            invitation.Property(i => i.Id).ValueGeneratedNever();
            invitation.Property(i => i.Role).HasMaxLength(20);
            invitation.Property(i => i.AcceptedAt).IsConcurrencyToken();
            invitation.HasIndex(i => i.TokenHash).IsUnique();
            invitation.HasOne<Organisation>().WithMany().HasForeignKey(i => i.Organisation);
        });
        builder.Entity<Member>(member =>
        {
            member.HasKey(m => new { m.Community, m.Person });
            member.Property(m => m.Route).HasMaxLength(20);
            member.Property(m => m.Sequence).IsConcurrencyToken();
            member.HasIndex(m => m.Person);
        });
        builder.Entity<ListedMember>().HasKey(m => new { m.Community, m.Address });
        builder.Entity<MemberCode>(code =>
        {
            code.Property(c => c.Id).ValueGeneratedNever();
            code.Property(c => c.UsedAt).IsConcurrencyToken();
            code.HasIndex(c => new { c.Community, c.Hash }).IsUnique();
        });
        builder.Entity<MemberRequest>().HasKey(r => new { r.Community, r.Person });
        builder.Entity<Subscription>(subscription =>
        {
            subscription.Property(s => s.Region).HasMaxLength(100);
            subscription.Property(s => s.Language).HasMaxLength(10);
            subscription.Property(s => s.Version).HasMaxLength(40);
            subscription.HasIndex(s => new { s.Address, s.Region }).IsUnique();
            subscription.HasIndex(s => s.TokenHash).IsUnique();
        });
        builder.Entity<RoundNews>(news =>
        {
            news.ToTable("round_news");
            news.HasKey(n => new { n.Round, n.Key });
            news.Property(n => n.Key).HasMaxLength(40);
            news.Property(n => n.Kind).HasMaxLength(20);
            news.Property(n => n.Phase).HasMaxLength(40);
            news.Property(n => n.Reason).HasMaxLength(500);
            news.HasIndex(n => n.Issue);
        });
        builder.Entity<NewsIssue>(issue =>
        {
            issue.ToTable("news_issues");
            issue.HasKey(i => new { i.Round, i.Number });
            issue.Property(i => i.Number).ValueGeneratedNever();
            issue.Property(i => i.Through).IsConcurrencyToken();
            issue.HasIndex(i => i.WrittenAt);
        });
        builder.Entity<AuditEntry>(entry =>
        {
            entry.ToTable("audit");
            entry.Property(a => a.Id).ValueGeneratedNever();
            entry.Property(a => a.Kind).HasMaxLength(60);
            entry.Property(a => a.Region).HasMaxLength(100);
            entry.Property(a => a.Note).HasMaxLength(2000);
            entry.HasIndex(a => a.At);
            entry.HasIndex(a => a.Organisation);
            entry.HasIndex(a => a.Person);
            entry.HasIndex(a => a.Actor);
        });
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
