using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Voting.Data;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Voting.Electorate;

/// <summary>Keeps the copy of organisations, mandates and members, and lets who is verified during the vote take part in it.</summary>
internal sealed class FollowIdentity(VotingDb db) : IConsumer<OrganisationRegistered>, IConsumer<MandateVerified>, IConsumer<MandateRevoked>, IConsumer<CommunityMemberVerified>
{
    public async Task Consume(ConsumeContext<OrganisationRegistered> context)
    {
        var fact = context.Message;
        var organisation = await db.Organisations.FindAsync(fact.Organisation);
        if (organisation is null) db.Add(organisation = new() { Id = fact.Organisation, Name = "", Kind = fact.Kind, Family = fact.Family });
        else if (organisation.Sequence >= fact.Sequence) return;
        (organisation.Name, organisation.Kind, organisation.Family, organisation.Sequence) = (Wire(fact.Name), fact.Kind, fact.Family, fact.Sequence);
        var members = fact.Kind == OrganisationKinds.Community ? await db.Members.Where(m => m.Community == fact.Organisation).Select(m => m.Person).ToListAsync() : [];
        foreach (var round in await OpenRoundsAsync())
            foreach (var elector in Electors.Of(round, [organisation], members.ConvertAll(p => new Member { Community = organisation.Id, Person = p }))) await AddAsync(elector);
    }

    public async Task Consume(ConsumeContext<MandateVerified> context)
    {
        var fact = context.Message;
        var mandate = await db.Mandates.FindAsync(fact.Mandate);
        if (mandate is null) db.Add(mandate = new() { Id = fact.Mandate });
        else if (mandate.Sequence >= fact.Sequence) return;
        (mandate.Person, mandate.Organisation, mandate.Seat, mandate.Sequence) = (fact.Person, fact.Organisation, fact.Seat, fact.Sequence);
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
        var member = new Member { Community = context.Message.Community, Person = context.Message.Person };
        if (await db.Members.FindAsync(member.Community, member.Person) is null) db.Add(member);
        if (await db.Organisations.FindAsync(member.Community) is not { } community) return;     // the community's own fact will add its members
        foreach (var round in await OpenRoundsAsync())
            foreach (var elector in Electors.Of(round, [community], [member])) await AddAsync(elector);
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
