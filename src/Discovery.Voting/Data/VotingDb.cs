using System.Text.Json;
using Discovery.Platform.Messaging;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Site;
using Discovery.Voting.Electorate;
using Discovery.Voting.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Design;

namespace Discovery.Voting.Data;

internal abstract class VotingDb(DbContextOptions options, TimeProvider clock) : DbContext(options)
{
    public DbSet<RoundCopy> Rounds => Set<RoundCopy>();
    public DbSet<BallotList> Lists => Set<BallotList>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Mandate> Mandates => Set<Mandate>();
    public DbSet<Member> Members => Set<Member>();
    public DbSet<Elector> Electors => Set<Elector>();
    public DbSet<LedgerHead> Heads => Set<LedgerHead>();
    public DbSet<LedgerEntry> Ledger => Set<LedgerEntry>();
    public DbSet<CurrentBallot> CurrentBallots => Set<CurrentBallot>();
    public DbSet<RequestedEnd> RequestedEnds => Set<RequestedEnd>();
    public DbSet<FeedMark> FeedMarks => Set<FeedMark>();
    public DbSet<RollEntry> Roll => Set<RollEntry>();
    public DbSet<PublishedResult> Results => Set<PublishedResult>();

    /// <summary>Locks the head of a round until the transaction ends, and reads it.</summary>
    public abstract Task<LedgerHead?> LockHeadAsync(Guid round, CancellationToken ct);

    /// <summary>The time that decides what is late: the database's, so that replicas agree.</summary>
    public Task<DateTimeOffset> ClockAsync(CancellationToken ct) => DatabaseClock.ClockAsync(this, clock, ct);

    /// <summary>The electors with these ids, each found by its key: the size of the electorate does not matter.</summary>
    public abstract Task<List<Elector>> ElectorsAsync(Guid round, IReadOnlyCollection<Guid> subjects, CancellationToken ct);

    /// <summary>The ballots under these keys, each found by its key.</summary>
    public abstract Task<List<CurrentBallot>> CurrentAsync(Guid round, IReadOnlyCollection<string> keys, CancellationToken ct);

    /// <summary>Does what only one replica at a time shall do; false where another is at it.</summary>
    public abstract Task<bool> AloneAsync(Func<Task<bool>> work, CancellationToken ct);

    /// <summary>Appends many entries and moves the index of current ballots, in one statement each.</summary>
    public abstract Task AppendAsync(IReadOnlyList<LedgerEntry> entries, IReadOnlyList<CurrentBallot> current, CancellationToken ct);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UsePlainTypes(this);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddPeople();
        modelBuilder.AddRounds();
        modelBuilder.Entity<BallotList>().HasKey(l => l.Round);
        modelBuilder.Entity<PublishedResult>().HasKey(r => r.Round);
        modelBuilder.Entity<Mandate>().HasIndex(m => m.Person);
        modelBuilder.Entity<Member>().HasKey(m => new { m.Community, m.Person });
        modelBuilder.Entity<Member>().HasIndex(m => m.Person);
        modelBuilder.Entity<Elector>().HasKey(e => new { e.Round, e.Subject, e.Group });
        modelBuilder.Entity<LedgerHead>(head =>
        {
            head.HasKey(h => h.Round);
            head.Property(h => h.Withdrawn).HasConversion(
                numbers => JsonSerializer.Serialize(numbers, JsonSerializerOptions.Default), text => JsonSerializer.Deserialize<List<int>>(text, JsonSerializerOptions.Default)!,
                new ValueComparer<List<int>>((a, b) => a!.SequenceEqual(b!), a => a.Count, a => a.ToList()));
        });
        modelBuilder.Entity<LedgerEntry>(entry =>
        {
            entry.HasKey(e => new { e.Round, e.Sequence });
            entry.HasIndex(e => new { e.Round, e.Leaf }).IsUnique();
        });
        modelBuilder.Entity<CurrentBallot>(ballot =>
        {
            ballot.HasKey(b => new { b.Round, b.Key });
            ballot.HasIndex(b => new { b.Round, b.Group, b.Family });
        });
        modelBuilder.Entity<RequestedEnd>(end =>
        {
            end.HasKey(e => e.Round);
            end.Property(e => e.Round).ValueGeneratedNever();
            end.Property(e => e.Request).IsConcurrencyToken();
        });
        modelBuilder.Entity<FeedMark>().HasKey(m => m.Round);
        modelBuilder.Entity<RollEntry>().HasKey(r => new { r.Round, r.Voter, r.Group });
        modelBuilder.UseSnakeCase();
    }
}

/// <summary>The frozen ballot list of a round, as it was announced.</summary>
internal sealed class BallotList
{
    public required Guid Round { get; init; }
    public required string List { get; init; }
    public required string ListHash { get; init; }
}

/// <summary>What Aggregation has published, for the auditor's bundle.</summary>
internal sealed class PublishedResult
{
    public required Guid Round { get; init; }
    public required string Result { get; init; }
    public required string ResultHash { get; init; }
}

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteVotingDb>
{
    public SqliteVotingDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteVotingDb>().UseSqlite("Data Source=design.db").Options, TimeProvider.System);
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresVotingDb>
{
    public PostgresVotingDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresVotingDb>().UseNpgsql("Host=design").Options, TimeProvider.System);
}
