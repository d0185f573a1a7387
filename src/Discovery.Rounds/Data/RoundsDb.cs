using System.Text.Json;
using Discovery.Contracts;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Rounds.Authority;
using Discovery.Rounds.Charters;
using Discovery.Rounds.Phases;
using Discovery.Rounds.Progress;
using Discovery.Rounds.Wheel;
using Discovery.Site;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Discovery.Rounds.Data;

internal abstract class RoundsDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<RoundCopy> Copies => Set<RoundCopy>();
    public DbSet<Round> Rounds => Set<Round>();
    public DbSet<KnownOfficial> Officials => Set<KnownOfficial>();
    public DbSet<KnownProposal> Proposals => Set<KnownProposal>();
    public DbSet<WheelScore> Wheel => Set<WheelScore>();

    /// <summary>Rounds with their phases and amendments, as their methods need them.</summary>
    public IQueryable<Round> Whole => Rounds.Include(r => r.Phases).Include(r => r.Amendments).Include(r => r.Pauses).AsSplitQuery();

    /// <summary>The whole round, for somebody who runs it; for anybody else a draft does not exist.</summary>
    public async Task<Round> GetForRunningAsync(string slug, CurrentUser user, CancellationToken ct)
    {
        var round = await Whole.SingleOrDefaultAsync(r => r.Slug == slug, ct);
        if (round is null || (round.PublishedAt is null && !user.MayRun(round.Region, round.Origin))) throw new RuleBroken("round.unknown") { Status = 404 };
        user.MustRun(round.Region, round.Origin);
        return round;
    }

    /// <summary>Saves the round with all that has happened to it: announced to others, and applied to this service's own copy at once.</summary>
    public async Task SaveAsync(Round round, CancellationToken ct)
    {
        var copy = new FollowRounds(this);
        foreach (var fact in round.TakeFacts())
            switch (fact)
            {
                case RoundDrafted f: this.Announce(f); break;
                case RoundPublished f: this.Announce(f); await copy.Apply(f, ct); break;
                case PhaseStarted f: this.Announce(f); await copy.Apply(f, ct); break;
                case PhaseEnded f: this.Announce(f); await copy.Apply(f, ct); break;
                case CharterAmended f: this.Announce(f); await copy.Apply(f, ct); break;
                case RoundPaused f: this.Announce(f); await copy.Apply(f, ct); break;
                case RoundResumed f: this.Announce(f); await copy.Apply(f, ct); break;
                case VotingDatesRequested f: this.Announce(f); break;
                case RoundClosed f: this.Announce(f); await copy.Apply(f, ct); break;
                default: throw new InvalidOperationException($"Nobody announces {fact.GetType()}.");
            }
        await SaveChangesAsync(ct);
    }

    /// <summary>The same for an official, who is told when somebody else was first. A consumer lets it be thrown, and the message comes again.</summary>
    /// <param name="raced">The rule to name when a key is taken; whoever changed the same round in the same moment is told that.</param>
    public async Task SaveAsync(Round round, string raced, CancellationToken ct)
    {
        try { await SaveAsync(round, ct); }
        catch (DbUpdateConcurrencyException) { throw new RuleBroken("rounds.raced"); }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } or SqliteException { SqliteExtendedErrorCode: 2067 or 1555 })
        {
            throw new RuleBroken(raced);
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UsePlainTypes(this);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddPeople();
        modelBuilder.AddRounds();
        modelBuilder.Entity<Round>(round =>
        {
            round.Property(r => r.Id).ValueGeneratedNever();
            round.Property(r => r.Slug).HasMaxLength(60);
            round.HasIndex(r => r.Slug).IsUnique();
            round.Property(r => r.Region).HasMaxLength(60);
            round.Property(r => r.Origin).HasMaxLength(20);
            round.Property(r => r.Version).IsConcurrencyToken();
            round.Ignore(r => r.Plan).Ignore(r => r.Running).Ignore(r => r.Next);
            round.Property(r => r.Shortlist).HasConversion(
                numbers => JsonSerializer.Serialize(numbers, Wire.Json), text => JsonSerializer.Deserialize<List<int>>(text, Wire.Json)!,
                new ValueComparer<List<int>>((a, b) => a!.SequenceEqual(b!), a => a.Count, a => a.ToList()));
            round.Ignore(r => r.CharterVersion);
            round.Property(r => r.PauseReason).HasMaxLength(500);
            round.HasMany(r => r.Pauses).WithOne().HasForeignKey(p => p.Round);
            round.HasMany(r => r.Amendments).WithOne().HasForeignKey(a => a.Round);
            round.HasMany(r => r.Phases).WithOne().HasForeignKey(p => p.Round);
        });
        modelBuilder.Entity<RoundPhase>(phase =>
        {
            phase.ToTable("phases");
            phase.HasKey(p => new { p.Round, p.Kind });
            phase.Property(p => p.Kind).HasMaxLength(40);
        });
        modelBuilder.Entity<Pause>(pause =>
        {
            pause.ToTable("pauses");
            pause.HasKey(p => new { p.Round, p.Number });
            pause.Property(p => p.Number).ValueGeneratedNever();
            pause.Property(p => p.Reason).HasMaxLength(500);
            pause.Property(p => p.EndReason).HasMaxLength(500);
            pause.HasIndex(p => p.By);
        });
        modelBuilder.Entity<KnownOfficial>(official =>
        {
            official.ToTable("officials");
            official.HasKey(o => o.Person);
            official.Property(o => o.Person).ValueGeneratedNever();
            official.Property(o => o.Sequence).IsConcurrencyToken();
            official.Property(o => o.Regions).HasConversion(
                regions => JsonSerializer.Serialize(regions, Wire.Json), text => JsonSerializer.Deserialize<List<string>>(text, Wire.Json)!,
                new ValueComparer<List<string>>((a, b) => a!.SequenceEqual(b!), a => a.Count, a => a.ToList()));
        });
        modelBuilder.Entity<Amendment>(amendment =>
        {
            amendment.ToTable("amendments");
            amendment.HasKey(a => new { a.Round, a.Number });
            amendment.Property(a => a.Number).ValueGeneratedNever();
            amendment.Property(a => a.Reason).HasMaxLength(500);
            amendment.Property(a => a.State).HasMaxLength(20);
            amendment.Property(a => a.What).HasConversion(
                changes => JsonSerializer.Serialize(changes, Wire.Json), text => JsonSerializer.Deserialize<List<Change>>(text, Wire.Json)!,
                new ValueComparer<List<Change>>((a, b) => ReferenceEquals(a, b), changes => changes.Count, changes => changes));
        });
        modelBuilder.Entity<KnownProposal>(proposal =>
        {
            proposal.HasKey(p => new { p.Round, p.Number });
            proposal.Property(p => p.Sequence).IsConcurrencyToken();
            proposal.Property(p => p.Title).HasConversion(
                title => JsonSerializer.Serialize(title, Wire.Json), text => JsonSerializer.Deserialize<Text>(text, Wire.Json)!,
                new ValueComparer<Text>((a, b) => a!.SequenceEqual(b!), title => title.Count, title => title));
        });
        modelBuilder.Entity<WheelScore>(score =>
        {
            score.ToTable("wheel_scores");
            score.HasKey(s => new { s.Round, s.Factor, s.Revision });
            score.Property(s => s.Factor).HasMaxLength(40);
            score.Property(s => s.Comment).HasMaxLength(1000);
            score.HasIndex(s => s.By);
        });
        modelBuilder.UseSnakeCase();
    }
}

internal sealed class SqliteRoundsDb(DbContextOptions<SqliteRoundsDb> options) : RoundsDb(options);

internal sealed class PostgresRoundsDb(DbContextOptions<PostgresRoundsDb> options) : RoundsDb(options);

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteRoundsDb>
{
    public SqliteRoundsDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteRoundsDb>().UseSqlite("Data Source=design.db").Options);
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresRoundsDb>
{
    public PostgresRoundsDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresRoundsDb>().UseNpgsql("Host=design").Options);
}
