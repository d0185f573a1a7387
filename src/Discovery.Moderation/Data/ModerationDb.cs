using System.Text.Encodings.Web;
using System.Text.Json;
using Discovery.Moderation.Appeals;
using Discovery.Moderation.Cases;
using Discovery.Moderation.Hints;
using Discovery.Moderation.Interests;
using Discovery.Moderation.Log;
using Discovery.Moderation.Participants;
using Discovery.Moderation.Reports;
using Discovery.Platform.Messaging;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Platform.Records;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Discovery.Moderation.Data;

internal abstract class ModerationDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<RoundCopy> Rounds => Set<RoundCopy>();
    public DbSet<Content> Contents => Set<Content>();
    public DbSet<Wording> Wordings => Set<Wording>();
    public DbSet<SketchRow> Sketches => Set<SketchRow>();
    public DbSet<Case> Cases => Set<Case>();
    public DbSet<Decision> Decisions => Set<Decision>();
    public DbSet<Appeal> Appeals => Set<Appeal>();
    public DbSet<Report> Reports => Set<Report>();
    public DbSet<Interest> Interests => Set<Interest>();
    public DbSet<Alias> Aliases => Set<Alias>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Mandate> Mandates => Set<Mandate>();
    public DbSet<KnownModerator> Moderators => Set<KnownModerator>();
    public DbSet<PersonCopy> People => Set<PersonCopy>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UsePlainTypes(this);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddPeople();
        modelBuilder.AddRounds();
        modelBuilder.AddRecords();
        modelBuilder.Entity<Content>(content =>
        {
            content.Property(c => c.Id).ValueGeneratedNever();
            content.HasIndex(c => new { c.Round, c.Number });
            content.Property(c => c.Version).IsConcurrencyToken();
            AsJson(content.Property(c => c.Title));
            AsJson(content.Property(c => c.Body));
            AsJson(content.Property(c => c.Organisations));
            AsJson(content.Property(c => c.Hints));
        });
        modelBuilder.Entity<Wording>(wording =>
        {
            wording.HasKey(w => new { w.Content, w.Sequence });
            AsJson(wording.Property(w => w.Title));
            AsJson(wording.Property(w => w.Body));
        });
        modelBuilder.Entity<SketchRow>(sketch =>
        {
            sketch.ToTable("sketches");
            sketch.HasKey(s => new { s.Content, s.Language, s.Hash });
            sketch.HasIndex(s => new { s.Round, s.Hash });
        });
        modelBuilder.Entity<Case>(item =>
        {
            item.Property(c => c.Id).ValueGeneratedNever();
            item.HasIndex(c => new { c.Round, c.ClosedAt });
            item.HasIndex(c => c.Content);
            item.Property(c => c.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<Decision>(decision =>
        {
            decision.Property(d => d.Id).ValueGeneratedNever();
            decision.HasIndex(d => new { d.Content, d.Sequence }).IsUnique();
            // One at a time waits for its effect.
            decision.HasIndex(d => d.Case).IsUnique().HasFilter("sequence is null");
            decision.HasIndex(d => d.Batch);
            decision.HasIndex(d => d.Moderator);
            decision.Property(d => d.Sequence).IsConcurrencyToken();
        });
        modelBuilder.Entity<Appeal>(appeal =>
        {
            appeal.Property(a => a.Id).ValueGeneratedNever();
            appeal.HasIndex(a => a.Decision).IsUnique();
            appeal.HasIndex(a => a.Person);
        });
        modelBuilder.Entity<Report>(report =>
        {
            report.Property(r => r.Id).ValueGeneratedNever();
            report.HasIndex(r => new { r.Content, r.Person }).IsUnique().HasFilter("closed_at is null");
            report.HasIndex(r => new { r.Person, r.At });
        });
        modelBuilder.Entity<Interest>().HasKey(i => new { i.Person, i.Organisation });
        modelBuilder.Entity<Alias>(alias =>
        {
            alias.HasKey(a => new { a.Round, a.Person });
            alias.HasIndex(a => new { a.Round, a.Number }).IsUnique();
        });
        modelBuilder.Entity<Organisation>(organisation =>
        {
            organisation.Property(o => o.Id).ValueGeneratedNever();
            organisation.HasIndex(o => o.Family);
            organisation.Property(o => o.Sequence).IsConcurrencyToken();
            AsJson(organisation.Property(o => o.Name));
        });
        modelBuilder.Entity<Mandate>(mandate =>
        {
            mandate.Property(m => m.Id).ValueGeneratedNever();
            mandate.HasIndex(m => m.Person);
            mandate.Property(m => m.Sequence).IsConcurrencyToken();
        });
        modelBuilder.Entity<KnownModerator>(moderator =>
        {
            moderator.ToTable("moderators");
            moderator.HasKey(m => m.Person);
            moderator.Property(m => m.Person).ValueGeneratedNever();
            moderator.Property(m => m.Sequence).IsConcurrencyToken();
            AsJson(moderator.Property(m => m.Regions));
        });
        modelBuilder.UseSnakeCase();
    }

    // Operators read it in SQL: Cyrillic stays legible.
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    static void AsJson<T>(PropertyBuilder<T> property) where T : class => property.HasConversion(
        value => JsonSerializer.Serialize(value, Plain), json => JsonSerializer.Deserialize<T>(json, Plain)!,
        new ValueComparer<T>((a, b) => JsonSerializer.Serialize(a, Plain) == JsonSerializer.Serialize(b, Plain), _ => 0, value => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, Plain), Plain)!));
}

internal sealed class SqliteModerationDb(DbContextOptions<SqliteModerationDb> options) : ModerationDb(options);

internal sealed class PostgresModerationDb(DbContextOptions<PostgresModerationDb> options) : ModerationDb(options);

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteModerationDb>
{
    public SqliteModerationDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteModerationDb>().UseSqlite("Data Source=design.db").Options);
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresModerationDb>
{
    public PostgresModerationDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresModerationDb>().UseNpgsql("Host=design").Options);
}
