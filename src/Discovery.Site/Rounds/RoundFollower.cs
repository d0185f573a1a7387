using Discovery.Contracts.Rounds;
using Discovery.Platform;
using MassTransit;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Site;

/// <summary>
/// Keeps a service's copy of the rounds. Each service has one line: <c>internal sealed class FollowRounds(VotingDb db) : RoundFollower(db);</c>
/// Facts may come twice and in any order. It does not save: the inbox does, in one transaction with the message's mark.
/// </summary>
public abstract class RoundFollower(DbContext db) :
    IConsumer<RoundPublished>, IConsumer<CharterAmended>, IConsumer<PhaseStarted>, IConsumer<PhaseEnded>, IConsumer<RoundPaused>, IConsumer<RoundResumed>, IConsumer<RoundClosed>
{
    public Task Consume(ConsumeContext<RoundPublished> context) => Apply(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<CharterAmended> context) => Apply(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<RoundPaused> context) => Apply(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<RoundResumed> context) => Apply(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<PhaseStarted> context) => Apply(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<PhaseEnded> context) => Apply(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<RoundClosed> context) => Apply(context.Message, context.CancellationToken);

    public Task Apply(RoundPublished fact, CancellationToken ct = default) => Change(fact.Round, round => round.Apply(fact), fact, ct);

    public Task Apply(CharterAmended fact, CancellationToken ct = default) => Change(fact.Round, round => round.Apply(fact), fact, ct);

    public Task Apply(RoundPaused fact, CancellationToken ct = default) => Change(fact.Round, round => round.Apply(fact), fact, ct);

    public Task Apply(RoundResumed fact, CancellationToken ct = default) => Change(fact.Round, round => round.Apply(fact), fact, ct);

    public Task Apply(PhaseStarted fact, CancellationToken ct = default) => Change(fact.Round, round => round.Apply(fact), fact, ct);

    public Task Apply(PhaseEnded fact, CancellationToken ct = default) => Change(fact.Round, round => round.Apply(fact), fact, ct);

    public Task Apply(RoundClosed fact, CancellationToken ct = default) => Change(fact.Round, round => round.Apply(fact), fact, ct);

    /// <summary>
    /// What the service does about it, in the same transaction. It is called after every fact, so what waits for the charter as well as
    /// for a phase is done on whichever comes last; ask the round for <see cref="RoundCopy.IsKnown"/> and its phase, not the fact.
    /// </summary>
    protected virtual Task After(RoundCopy round, object fact, CancellationToken ct) => Task.CompletedTask;

    private async Task Change(Guid id, Action<RoundCopy> apply, object fact, CancellationToken ct)
    {
        var round = await db.Set<RoundCopy>().FindAsync([id], ct);
        if (round is null) db.Add(round = new RoundCopy(id));
        apply(round);
        await After(round, fact, ct);
    }
}

/// <summary>How a service stores, finds and shows its copy of a round.</summary>
public static class RoundCopies
{
    /// <summary>In <c>OnModelCreating</c> of every service.</summary>
    public static ModelBuilder AddRounds(this ModelBuilder model) => model.Entity<RoundCopy>(round =>
    {
        round.ToTable("RoundCopies");
        round.Property(r => r.Id).ValueGeneratedNever();
        round.Property(r => r.Slug).HasMaxLength(100);
        round.HasIndex(r => r.Slug).IsUnique();
        round.Property(r => r.Phase).HasMaxLength(40);
        round.Property(r => r.CharterSequence);
        round.Property(r => r.PauseSequence);
        round.Property(r => r.PauseReason).HasMaxLength(500);
        round.Property(r => r.PhaseLog);
        round.Property(r => r.Version).IsConcurrencyToken();
        foreach (var derived in new[] { nameof(RoundCopy.Charter), nameof(RoundCopy.Rules), nameof(RoundCopy.Region), nameof(RoundCopy.Zone) })
            round.Ignore(derived);
    });

    /// <summary>The round, read only, or null when this service does not know it (yet).</summary>
    public static Task<RoundCopy?> FindRound(this DbContext db, string slug, CancellationToken ct = default) =>
        db.Set<RoundCopy>().AsNoTracking().SingleOrDefaultAsync(r => r.Slug == slug && r.CharterJson != null, ct);

    /// <summary>The round, or the answer 404.</summary>
    public static async Task<RoundCopy> GetRound(this DbContext db, string slug, CancellationToken ct = default) =>
        await db.FindRound(slug, ct) ?? throw new RuleBroken("round.unknown") { Status = 404 };

    /// <summary>This page is about the round: the shell shows its region, phase and menu.</summary>
    public static void InRound(this ViewDataDictionary view, RoundCopy round) => view["Round"] = round;

    internal static RoundCopy? Round(this ViewDataDictionary view) => view["Round"] as RoundCopy;
}
