namespace Discovery.BrowserTests;

/// <summary>What must have happened before some pages have anything to show. Made once, through the API.</summary>
public sealed class Scenes
{
    static readonly Lock Gate = new();
    static Task<Scenes>? made;

    /// <summary>A live round that collects proposals: two are published, one waits, by <see cref="Author"/>.</summary>
    public required string Collecting { get; init; }

    public required string Draft { get; init; }

    /// <summary>An open round in which one ticks and does not rank.</summary>
    public required string Approval { get; init; }

    public required Person Author { get; init; }

    /// <summary>Somebody whose ballot in the open round of the demonstration is cast.</summary>
    public required Person Voter { get; init; }

    /// <summary>The code of that ballot, as it stands in an address.</summary>
    public required string Code { get; init; }

    public required Guid Organisation { get; init; }

    public required MandateScenes Mandates { get; init; }
    /// <summary>Accounts for an administrator to look at: an official, and somebody who is blocked.</summary>
    public required Person Seen { get; init; }

    public required Person Blocked { get; init; }

    public static Task<Scenes> Of(TheSite site)
    {
        lock (Gate) return made ??= MakeAsync(site);
    }

    static async Task<Scenes> MakeAsync(TheSite site)
    {
        var town = await site.Town;
        var collecting = await site.CollectingRound(new() { Origin = "live", Proposals = 2 });
        var author = town.Firms[1];
        using (var http = site.AsVoter(author.Person))
            await Portal.Until(async () => await collecting.SubmitAsync(http, author.Subject, 3) == 201, "the third proposal is submitted");
        var draft = await TestRound.DraftAsync(site, new() { Origin = "live" });
        var approval = await site.OpenRound(new() { Ballot = "approval" });

        var voter = await Person.NewVoterAsync(site);
        using var box = site.AsVoter(voter.Id);
        var receipt = Receipt.Of(await box.Put($"/api/voting/rounds/{TheSite.Open}/ballot", new { tiers = new[] { new[] { 3 }, [1, 2], [5] } }));
        return new()
        {
            Collecting = collecting.Slug, Draft = draft.Slug, Approval = approval.Slug,
            Author = await Person.OnlookerAsync(site), Voter = voter, Code = receipt.Code.Replace(' ', '-'), Organisation = author.Subject,
            Mandates = await MandateScenes.MakeAsync(site),
            Seen = await Person.OfficialEverywhereAsync(site), Blocked = await Person.BlockedAsync(site),
        };
    }
}
