using System.Text.Json;
using Discovery.Contracts;
using Discovery.Platform;
using Discovery.Platform.Messaging;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Platform.Records;
using Discovery.Proposals.Amendments;
using Discovery.Proposals.Annexes;
using Discovery.Proposals.Attachments;
using Discovery.Proposals.Catalogue;
using Discovery.Proposals.CoAuthors;
using Discovery.Proposals.Drafts;
using Discovery.Proposals.Endorsements;
using Discovery.Proposals.Import;
using Discovery.Proposals.Lists;
using Discovery.Proposals.Merges;
using Discovery.Proposals.Participants;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Reviews;
using Discovery.Proposals.Versions;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Discovery.Proposals.Data;

internal abstract class ProposalsDb(DbContextOptions options) : DbContext(options)
{
    public DbSet<RoundCopy> Rounds => Set<RoundCopy>();
    public DbSet<Proposal> Proposals => Set<Proposal>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<Amendment> Amendments => Set<Amendment>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<Merge> Merges => Set<Merge>();
    public DbSet<MergePart> MergeParts => Set<MergePart>();
    public DbSet<MergeAnswer> MergeAnswers => Set<MergeAnswer>();
    public DbSet<TouchedSupport> TouchedSupports => Set<TouchedSupport>();
    public DbSet<Docket> Dockets => Set<Docket>();
    public DbSet<BallotList> Lists => Set<BallotList>();
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<Attachment> Attachments => Set<Attachment>();
    public DbSet<Annex> Annexes => Set<Annex>();
    public DbSet<AnnexReading> AnnexReadings => Set<AnnexReading>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<Endorsement> Endorsements => Set<Endorsement>();
    public DbSet<ImportBatch> Imports => Set<ImportBatch>();
    public DbSet<PeerPriority> Peers => Set<PeerPriority>();
    public DbSet<Organisation> Organisations => Set<Organisation>();
    public DbSet<Mandate> Mandates => Set<Mandate>();
    public DbSet<PersonCopy> People => Set<PersonCopy>();

    /// <summary>Locks the docket of a round until the transaction ends, and reads it.</summary>
    public async Task<Docket> LockDocketAsync(Guid round, CancellationToken ct)
    {
        await Database.ExecuteSqlAsync($"insert into dockets (round, last_number, result_sequence) values ({round}, 0, 0) on conflict do nothing", ct);
        return await ReadDocketAsync(round, ct);
    }

    protected abstract Task<Docket> ReadDocketAsync(Guid round, CancellationToken ct);

    /// <summary>
    /// The organisations that a person may act for now: the mandate holds, and the organisation is verified, not in dispute and not liquidated.
    /// A program acts for the one of its token and for no other of whoever made it.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> ActsForAsync(CurrentUser user, DateTimeOffset now, CancellationToken ct)
    {
        var (person, only) = (user.Id, user.ActsFor);
        if (person == Guid.Empty || (user.IsMachine && only is null)) return [];
        return await Mandates.Where(m => m.Person == person && (!user.IsMachine || m.Organisation == only) && m.RevokedAt == null && (m.Until == null || m.Until > now))
            .Join(Organisations.Where(o => o.MayAct), m => m.Organisation, o => o.Id, (m, o) => o.Id).Distinct().ToListAsync(ct);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.UsePlainTypes(this);
        configurationBuilder.Properties<Text>().HaveConversion<TextConverter, TextComparer>();
        configurationBuilder.Properties<Details>().HaveConversion<DetailsConverter, DetailsComparer>();
        configurationBuilder.Properties<List<Guid>>().HaveConversion<IdsConverter, IdsComparer>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.AddMessaging();
        modelBuilder.AddPeople();
        modelBuilder.AddRounds();
        modelBuilder.AddRecords();
        modelBuilder.Entity<Proposal>(proposal =>
        {
            proposal.HasIndex(p => new { p.Round, p.Number }).IsUnique();
            proposal.HasIndex(p => new { p.Round, p.PublishedAt });
            proposal.HasIndex(p => p.AuthorPerson);
            proposal.HasIndex(p => p.Batch);
            proposal.Property(p => p.Shuffle);
            proposal.Property(p => p.Version).IsConcurrencyToken();
            proposal.Property(p => p.Revision).HasDefaultValue(1);
            foreach (var derived in new[] { nameof(Proposal.Authors), nameof(Proposal.ShownSince), nameof(Proposal.IsAlive), nameof(Proposal.IsWaiting) }) proposal.Ignore(derived);
            proposal.ComplexProperty(p => p.Content, content =>
            {
                // The same names as in the entity: operators read one flat row.
                foreach (var property in typeof(Content).GetProperties()) content.Property(property.PropertyType, property.Name).HasColumnName(property.Name.ToLowerInvariant());
            });
        });
        modelBuilder.Entity<Revision>(revision =>
        {
            revision.HasKey(r => new { r.Proposal, r.Number });
            revision.HasIndex(r => r.Person);
            revision.Ignore(r => r.Content);
        });
        modelBuilder.Entity<Amendment>(amendment =>
        {
            amendment.Property(a => a.Id).ValueGeneratedNever();
            amendment.HasIndex(a => a.Proposal);
            amendment.HasIndex(a => new { a.Person, a.Round });
            amendment.Ignore(a => a.Texts);
        });
        modelBuilder.Entity<Invitation>(invitation =>
        {
            invitation.HasKey(i => new { i.Proposal, i.Organisation });
            invitation.HasIndex(i => new { i.Round, i.Organisation });
        });
        modelBuilder.Entity<Merge>(merge =>
        {
            merge.Property(m => m.Id).ValueGeneratedNever();
            merge.HasIndex(m => new { m.Round, m.State });
            merge.HasIndex(m => new { m.State, m.ExpiresAt });
            merge.HasIndex(m => m.Person);
            merge.Ignore(m => m.Content);
        });
        modelBuilder.Entity<MergePart>(part =>
        {
            part.HasKey(p => new { p.Merge, p.Proposal });
            part.HasIndex(p => p.Proposal);
            part.HasIndex(p => p.Proposal, "one_open_merge").IsUnique().HasFilter("is_open");
        });
        modelBuilder.Entity<MergeAnswer>(answer =>
        {
            answer.HasKey(a => new { a.Merge, a.Organisation });
            answer.HasIndex(a => a.Person);
        });
        modelBuilder.Entity<TouchedSupport>(support => support.HasKey(s => new { s.Merge, s.Proposal, s.Organisation }));
        modelBuilder.Entity<Draft>(draft =>
        {
            draft.Property(d => d.Id).ValueGeneratedNever();
            draft.HasIndex(d => new { d.Person, d.Round });
            draft.Property(d => d.Version).IsConcurrencyToken();
            draft.Ignore(d => d.Form);
        });
        modelBuilder.Entity<Attachment>(attachment =>
        {
            attachment.HasIndex(a => a.Draft);
            attachment.HasIndex(a => a.Proposal);
        });
        modelBuilder.Entity<Annex>(annex =>
        {
            annex.Property(a => a.Id).ValueGeneratedNever();
            annex.Property(a => a.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<AnnexReading>(reading =>
        {
            reading.Property(r => r.Id).ValueGeneratedNever();
            reading.HasIndex(r => r.Annex);
            reading.HasIndex(r => r.Person);
        });
        modelBuilder.Entity<Review>(review =>
        {
            review.HasKey(r => new { r.Proposal, r.Person });
            review.HasIndex(r => new { r.Person, r.Round });
        });
        modelBuilder.Entity<Endorsement>(endorsement =>
        {
            endorsement.HasKey(e => new { e.Proposal, e.Organisation });
            endorsement.HasIndex(e => e.Round);
            endorsement.HasIndex(e => e.Person);
            endorsement.HasIndex(e => e.Merge);
        });
        modelBuilder.Entity<ImportBatch>(batch =>
        {
            batch.ToTable("ImportBatches");
            batch.HasIndex(b => b.Round);
        });
        modelBuilder.Entity<PeerPriority>(peer =>
        {
            peer.ToTable("PeerPriorities");
            peer.HasIndex(p => p.Round);
        });
        modelBuilder.Entity<Docket>().HasKey(d => d.Round);
        modelBuilder.Entity<BallotList>(list => { list.ToTable("BallotLists"); list.HasKey(l => l.Round); });
        modelBuilder.Entity<Organisation>().Property(o => o.Sequence).IsConcurrencyToken();
        modelBuilder.Entity<Mandate>(mandate =>
        {
            mandate.HasIndex(m => m.Person);
            mandate.Property(m => m.Sequence).IsConcurrencyToken();
        });
        modelBuilder.UseSnakeCase();
    }

    sealed class TextConverter() : ValueConverter<Text, string>(
        text => JsonSerializer.Serialize(text, Plain), json => JsonSerializer.Deserialize<Text>(json, Plain)!);

    sealed class TextComparer() : ValueComparer<Text>(
        (a, b) => a!.SequenceEqual(b!), text => text.Count, text => JsonSerializer.Deserialize<Text>(JsonSerializer.Serialize(text, Plain), Plain)!);

    sealed class IdsConverter() : ValueConverter<List<Guid>, string>(
        ids => JsonSerializer.Serialize(ids, Plain), json => JsonSerializer.Deserialize<List<Guid>>(json, Plain)!);

    sealed class IdsComparer() : ValueComparer<List<Guid>>((a, b) => a!.SequenceEqual(b!), ids => ids.Count, ids => ids.ToList());

    // What was written before there were details is empty.
    sealed class DetailsConverter() : ValueConverter<Details, string>(
        details => JsonSerializer.Serialize(details, Plain), json => json.Length == 0 ? new() : JsonSerializer.Deserialize<Details>(json, Plain)!);

    sealed class DetailsComparer() : ValueComparer<Details>(
        (a, b) => JsonSerializer.Serialize(a, Plain) == JsonSerializer.Serialize(b, Plain), details => JsonSerializer.Serialize(details, Plain).GetHashCode(StringComparison.Ordinal), details => details);

    // Operators read it in SQL: Cyrillic stays legible.
    static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}

/// <summary>A transaction begins as writer (<c>BEGIN IMMEDIATE</c>), which is the lock.</summary>
internal sealed class SqliteProposalsDb(DbContextOptions<SqliteProposalsDb> options) : ProposalsDb(options)
{
    protected override Task<Docket> ReadDocketAsync(Guid round, CancellationToken ct) => Dockets.SingleAsync(d => d.Round == round, ct);
}

internal sealed class PostgresProposalsDb(DbContextOptions<PostgresProposalsDb> options) : ProposalsDb(options)
{
    protected override Task<Docket> ReadDocketAsync(Guid round, CancellationToken ct) =>
        Dockets.FromSql($"select * from dockets where round = {round} for update").SingleAsync(ct);
}

internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteProposalsDb>
{
    public SqliteProposalsDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<SqliteProposalsDb>().UseSqlite("Data Source=design.db").Options);
}

internal sealed class PostgresDesign : IDesignTimeDbContextFactory<PostgresProposalsDb>
{
    public PostgresProposalsDb CreateDbContext(string[] args) => new(new DbContextOptionsBuilder<PostgresProposalsDb>().UseNpgsql("Host=design").Options);
}
