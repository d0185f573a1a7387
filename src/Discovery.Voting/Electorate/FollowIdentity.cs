using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Voting.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Electorate;

/// <summary>Keeps the copy of organisations, mandates and members, and lets who is verified during the vote take part in it.</summary>
internal sealed class FollowIdentity(VotingDb db) :
    IConsumer<OrganisationRegistered>, IConsumer<OrganisationVerified>, IConsumer<OrganisationChanged>,
    IConsumer<MandateVerified>, IConsumer<MandateRevoked>, IConsumer<CommunityMemberVerified>, IConsumer<CommunityMemberLeft>
{
    public Task Consume(ConsumeContext<OrganisationRegistered> context)
    {
        var fact = context.Message;
        return KeepAsync(fact.Organisation, fact.Sequence, fact.Name, fact.Kind, fact.Family, isOnRoll: fact.Verified, isDisputed: false);
    }

    public Task Consume(ConsumeContext<OrganisationVerified> context)
    {
        var fact = context.Message;
        return KeepAsync(fact.Organisation, fact.Sequence, fact.Name, fact.Kind, fact.Family, isOnRoll: true, isDisputed: false);
    }

    public Task Consume(ConsumeContext<OrganisationChanged> context)
    {
        var fact = context.Message;
        return KeepAsync(fact.Organisation, fact.Sequence, fact.Name, fact.Kind, fact.Family, fact is { Verified: true, Liquidated: false }, fact.Disputed);
    }

    async Task KeepAsync(Guid id, long sequence, Text name, string kind, Guid family, bool isOnRoll, bool isDisputed)
    {
        var organisation = await db.Organisations.FindAsync(id);
        if (organisation is null) db.Add(organisation = new() { Id = id, Name = "", Kind = kind, Family = family });
        else if (organisation.Sequence >= sequence) return;
        (organisation.Name, organisation.Kind, organisation.Family, organisation.IsOnRoll, organisation.IsDisputed, organisation.Sequence) = (Wire(name), kind, family, isOnRoll, isDisputed, sequence);
        var members = kind == OrganisationKinds.Community ? await db.Members.AsNoTracking().Where(m => m.Community == id).ToListAsync() : [];
        foreach (var round in await OpenRoundsAsync())
            foreach (var elector in Electors.Of(round, [organisation], members)) await AddAsync(elector);
    }

    public async Task Consume(ConsumeContext<MandateVerified> context)
    {
        var fact = context.Message;
        var mandate = await db.Mandates.FindAsync(fact.Mandate);
        if (mandate is null) db.Add(mandate = new() { Id = fact.Mandate });
        else if (mandate.Sequence >= fact.Sequence) return;
        (mandate.Person, mandate.Organisation, mandate.Seat, mandate.Votes, mandate.Until, mandate.Sequence) =
            (fact.Person, fact.Organisation, fact.Seat, fact.Role != MandateRoles.Author, fact.Until, fact.Sequence);
    }

    public async Task Consume(ConsumeContext<MandateRevoked> context)
    {
        var fact = context.Message;
        var mandate = await db.Mandates.FindAsync(fact.Mandate);
        if (mandate is null) db.Add(mandate = new() { Id = fact.Mandate });
        else if (mandate.Sequence >= fact.Sequence) return;
        (mandate.RevokedAt, mandate.Sequence) = (fact.At, fact.Sequence);
    }

    public async Task Consume(ConsumeContext<CommunityMemberVerified> context)
    {
        var fact = context.Message;
        if (await MemberAsync(fact.Community, fact.Person, fact.Sequence, null) is not { } member) return;
        if (await db.Organisations.FindAsync(member.Community) is not { } community) return;     // the community's own fact will add its members
        foreach (var round in await OpenRoundsAsync())
            foreach (var elector in Electors.Of(round, [community], [member])) await AddAsync(elector);
    }

    /// <summary>Takes the vote away in rounds that are open, unless another community of the same group has the person. A ballot that was cast before stays and counts.</summary>
    public async Task Consume(ConsumeContext<CommunityMemberLeft> context)
    {
        var fact = context.Message;
        if (await MemberAsync(fact.Community, fact.Person, fact.Sequence, fact.At) is null) return;
        var others = await db.Members.AsNoTracking().Where(m => m.Person == fact.Person && m.Community != fact.Community && m.LeftAt == null).ToListAsync();
        var ids = others.ConvertAll(m => m.Community);
        var communities = await db.Organisations.AsNoTracking().Where(o => ids.Contains(o.Id)).ToListAsync();
        foreach (var round in await OpenRoundsAsync())
        {
            var kept = Electors.Of(round, communities, others).Select(e => e.Group).ToHashSet();
            db.RemoveRange(await db.Electors.Where(e => e.Round == round.Id && e.Subject == fact.Person && e.IsPerson && !kept.Contains(e.Group)).ToListAsync());
        }
    }

    /// <summary>The member after this fact, or null when a later one has been heard.</summary>
    async Task<Member?> MemberAsync(Guid community, Guid person, long sequence, DateTimeOffset? leftAt)
    {
        var member = await db.Members.FindAsync(community, person);
        if (member is null) db.Add(member = new() { Community = community, Person = person });
        else if (member.Sequence >= sequence) return null;
        (member.Sequence, member.LeftAt) = (sequence, leftAt);
        return member;
    }

    async Task AddAsync(Elector elector)
    {
        if (await db.Electors.FindAsync(elector.Round, elector.Subject, elector.Group) is null) db.Add(elector);
    }

    async Task<List<Site.RoundCopy>> OpenRoundsAsync()
    {
        var open = await db.Heads.Where(h => h.ClosedAt == null).Select(h => h.Round).ToListAsync();
        return await db.Rounds.AsNoTracking().Where(r => open.Contains(r.Id)).ToListAsync();
    }

    static string Wire(Text name) => System.Text.Json.JsonSerializer.Serialize(name, Platform.Messaging.Wire.Json);
}
