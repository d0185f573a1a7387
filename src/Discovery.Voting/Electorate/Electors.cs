using Discovery.Contracts.Identity;
using Discovery.Site;

namespace Discovery.Voting.Electorate;

internal static class Electors
{
    /// <summary>
    /// Who votes in a round, by the charter's kinds (rules 10, "no frame"): an organisation in the group of its kind with one ballot;
    /// a consumer community through its members, each in the own name. The community itself has no ballot, and neither has its speaker a second one.
    /// </summary>
    public static IEnumerable<Elector> Of(RoundCopy round, IEnumerable<Organisation> organisations, IReadOnlyCollection<Member> members)
    {
        var groupOf = round.Charter.Groups.SelectMany(g => g.Kinds.Select(k => (Kind: k, g.Id))).GroupBy(g => g.Kind).ToDictionary(g => g.Key, g => g.First().Id);
        var membersOf = members.Where(m => m.LeftAt is null).ToLookup(m => m.Community, m => m.Person);
        var added = new HashSet<(Guid, string)>();
        foreach (var organisation in organisations)
        {
            if (!organisation.IsOnRoll || !groupOf.TryGetValue(organisation.Kind, out var group)) continue;
            if (organisation.Kind != OrganisationKinds.Community)
            {
                yield return new() { Round = round.Id, Subject = organisation.Id, Group = group, IsPerson = false, Family = organisation.Family };
                continue;
            }
            foreach (var person in membersOf[organisation.Id])
                if (added.Add((person, group))) yield return new() { Round = round.Id, Subject = person, Group = group, IsPerson = true, Family = person };
        }
    }
}
