using Microsoft.AspNetCore.Identity;

namespace Discovery.Identity.Accounts;

/// <summary>Somebody who signs in.</summary>
internal sealed class Person : IdentityUser<Guid>
{
    public string DisplayName { get; set; } = "";

    /// <summary>The password was made by the portal and seen by whoever handed it over: its owner is asked for a new one.</summary>
    public bool HasOneTimePassword { get; set; }

    /// <param name="password">Null: nobody can sign in with it.</param>
    public static Person Register(string email, string displayName, string? password, IPasswordHasher<Person> hasher)
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
            LockoutEnabled = true,
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
}

/// <summary>A sign-in that a demonstration shows to everybody, password and all.</summary>
internal sealed class DemonstrationAccount
{
    public required Guid Person { get; init; }
    public required int Position { get; init; }
    public required string Email { get; init; }
    public required string Password { get; init; }
}
