using Discovery.Site;
using Discovery.Voting.Ballots;

namespace Discovery.Voting.Pages.Voting;

/// <summary>As whom one votes, in words.</summary>
internal static class Voter
{
    public static string Name(GetMyBallot.Capacity one, string person) => one.Name?.Here() ?? person;

    public static string Group(GetMyBallot.Capacity one, RoundCopy round, Words<Texts> text) =>
        round.Charter.Groups.FirstOrDefault(g => g.Id == one.Group)?.Name.Here() ?? text["group.unknown"];
}
