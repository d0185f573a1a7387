using Discovery.Contracts.Rounds;
using Discovery.Platform.Persistence;
using Discovery.Site;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Discovery.ServicesTests.Site;

public sealed class RoundFollowerTests
{
    static readonly DateTimeOffset Start = new(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_copy_of_a_round_is_the_same_in_whatever_order_the_facts_come_and_however_often()
    {
        await using var connection = new SqliteConnection("Data Source=:memory:");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var db = new Db(new DbContextOptionsBuilder<Db>().UseSqlite(connection).Options);
        await db.Database.EnsureCreatedAsync(TestContext.Current.CancellationToken);

        var copies = new List<string>();
        foreach (var order in Orders([0, 1, 2, 3, 4, 5]))
        {
            var id = Guid.NewGuid();
            var follower = new Follower(db);
            var facts = Facts(id);
            foreach (var fact in order.Concat(order.Reverse())) await facts[fact](follower);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            db.ChangeTracker.Clear();
            var round = await db.Set<RoundCopy>().SingleAsync(r => r.Id == id, TestContext.Current.CancellationToken);
            copies.Add($"{round.IsKnown} {round.Phase} {round.PhaseEndsAt:O} {round.ClosedAt:O} {round.Sequence} {round.HasEnded("proposals")} {round.HasEnded("voting")} {round.Slug.Replace(id.ToString(), "", StringComparison.Ordinal)[..1]}");
        }
        Assert.Equal(720, copies.Count);
        Assert.Equal($"True voting {Start.AddDays(9):O} {Start.AddDays(20):O} 6 True False r", Assert.Single(copies.Distinct()));
    }

    static List<Func<Follower, Task>> Facts(Guid id) =>
    [
        f => f.Apply(new RoundPublished(id, 1, Start, Charter("r" + id))),
        f => f.Apply(new PhaseStarted(id, 2, Start, "proposals", Start.AddDays(3))),
        f => f.Apply(new PhaseEnded(id, 3, Start.AddDays(3), "proposals")),
        f => f.Apply(new PhaseStarted(id, 4, Start.AddDays(3), "admission", Start.AddDays(4))),
        f => f.Apply(new PhaseStarted(id, 5, Start.AddDays(4), "voting", Start.AddDays(9))),
        f => f.Apply(new RoundClosed(id, 6, Start.AddDays(20))),
    ];

    static Charter Charter(string slug) => new(slug, new Region("land", new("Край", "Land"), "UTC", "reka", [], []), new("Т", "T"), new("В", "Q"), new("С", "S"), [], "{}", "", [], "live");

    static IEnumerable<int[]> Orders(int[] items) =>
        items.Length < 2 ? [items] : items.SelectMany(first => Orders([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest]));

    sealed class Follower(DbContext db) : RoundFollower(db);

    sealed class Db(DbContextOptions<Db> options) : DbContext(options)
    {
        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => configurationBuilder.UsePlainTypes(this);

        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddRounds();
    }
}
