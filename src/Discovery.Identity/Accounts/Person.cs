using Microsoft.AspNetCore.Identity;

namespace Discovery.Identity.Accounts;

/// <summary>Somebody who signs in. After an erasure the row stays as a tombstone with nothing in it but its id.</summary>
internal sealed class Person : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";

    /// <summary>ISO 639-1: the language of letters.</summary>
    public string Language { get; set; } = "ru";

    /// <summary>The password was made by the portal and seen by whoever handed it over: its owner is asked for a new one.</summary>
    public bool HasOneTimePassword { get; set; }

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Keyed hash of the network that the account was made from: many new ones from one network are shown to officials.</summary>
    public byte[]? Network { get; set; }

    /// <summary>An administrator has shut the account; it cannot sign in.</summary>
    public DateTimeOffset? BlockedAt { get; set; }

    /// <summary>The mail server has refused a letter to the address for good.</summary>
    public DateTimeOffset? BouncedAt { get; set; }

    public DateTimeOffset? ErasedAt { get; set; }

    /// <summary>Nothing is mailed to it and it opens no session.</summary>
    public bool IsShut => BlockedAt is not null || ErasedAt is not null;

    /// <param name="password">Null: nobody can sign in with it.</param>
    public static Person Register(string email, string displayName, string? password, IPasswordHasher<Person> hasher, DateTimeOffset now)
    {
        var person = new Person
        {
            Id = Guid.CreateVersion7(),
            Email = email.Trim(),
            NormalizedEmail = Normal(email),
            UserName = email.Trim(),
            NormalizedUserName = Normal(email),
            DisplayName = Names.Clean(displayName),
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = now,
        };
        if (password is not null) person.PasswordHash = hasher.HashPassword(person, password);
        return person;
    }

    /// <summary>As Identity's own normaliser writes it.</summary>
    public static string Normal(string email) => email.Trim().Normalize().ToUpperInvariant();
}

/// <summary>A role that a person holds, <c>region:official</c>; the region <c>*</c> is every region.</summary>
internal sealed class GrantedRole
{
    public required Guid Person { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset GrantedAt { get; init; }

    /// <summary>Empty for the command line and tools.</summary>
    public Guid GrantedBy { get; init; }
}

/// <summary>A sign-in that a demonstration shows to everybody, password and all. It alone needs no second factor for its role.</summary>
internal sealed class DemonstrationAccount
{
    public required Guid Person { get; init; }
    public required int Position { get; init; }
    public required string Email { get; init; }
    public required string Password { get; init; }
}
