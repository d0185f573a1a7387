using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Site;
using Microsoft.AspNetCore.Identity;

namespace Discovery.Identity.Accounts;

/// <summary>Accounts that people make themselves, having proved the address and agreed to the terms.</summary>
internal sealed class Newcomers(IdentityDb db, Keyed keyed, Throttle throttle, IPasswordHasher<Person> hasher, TimeProvider clock)
{
    /// <summary>Adds the account with the consent and the network that it came from; it does not save.</summary>
    public Person Make(string address, string displayName, string language)
    {
        var now = clock.GetUtcNow();
        var person = Person.Register(address, displayName, null, hasher, now);
        (person.Language, person.EmailConfirmed, person.Network) = (language, true, keyed.Hash("network", throttle.Network));
        db.Add(person);
        db.Add(new Consent { Person = person.Id, Document = Terms.Document, Version = Terms.Version, Language = language, At = now });
        db.Record(person.Id, now, "account.made", person: person.Id);
        return person;
    }
}
