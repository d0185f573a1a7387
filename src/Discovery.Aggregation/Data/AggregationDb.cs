using Discovery.Aggregation.Ledger;
using Discovery.Aggregation.Results;
using Discovery.Platform.Messaging;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Discovery.Aggregation.Data;

internal class AggregationDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<RoundCopy> Rounds => Set<RoundCopy>();
    public DbSet<BallotList> Lists => Set<BallotList>();
    public DbSet<Batch> Batches => Set<Batch>();
    public DbSet<Closing> Closings => Set<Closing>();
    public DbSet<LiveStanding> Standings => Set<LiveStanding>();
    public DbSet<Outcome> Outcomes => Set<Outcome>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UsePlainTypes(this);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddPeople();
        modelBuilder.AddRounds();
        modelBuilder.Entity<BallotList>().HasKey(l => l.Round);
        modelBuilder.Entity<Batch>().HasKey(b => new { b.Round, b.First, b.Last });
        modelBuilder.Entity<Closing>().HasKey(c => c.Round);
        modelBuilder.Entity<LiveStanding>().HasKey(s => s.Round);
        modelBuilder.Entity<Outcome>(outcome =>
        {
            outcome.HasKey(o => o.Round);
            outcome.Property(o => o.Version).IsConcurrencyToken();
        });
        modelBuilder.UseSnakeCase();
    }
}

internal sealed class SqliteAggregationDb(DbContextOptions<SqliteAggregationDb> options) : AggregationDb(options);

internal sealed class PostgresAggregationDb(DbContextOptions<PostgresAggregationDb> options) : AggregationDb(options);

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteAggregationDb>
{
    public SqliteAggregationDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteAggregationDb>().UseSqlite("Data Source=design.db").Options);
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresAggregationDb>
{
    public PostgresAggregationDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresAggregationDb>().UseNpgsql("Host=design").Options);
}
