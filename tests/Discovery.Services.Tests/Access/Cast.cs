using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Discovery.Contracts.Identity;
using Discovery.Identity.Accounts;
using Discovery.Identity.Communities;
using Discovery.Identity.Data;
using Discovery.Identity.Organisations;
using Discovery.Identity.Secrets;
using Discovery.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Discovery.ServicesTests.Access;

/// <summary>
/// Who asks. Ten roles as security.md names them, fitted to what this system has, and behind them those who must be kept out although they hold something:
/// <list type="table">
/// <item><term>anon</term><description>anonymous.</description></item>
/// <item><term>part</term><description>participant without a mandate: an ordinary member of the community, with an open claim to the firm ("invited": an invitation gives no session, so who was invited is a participant).</description></item>
/// <item><term>repr</term><description>representative of the firm.</description></item>
/// <item><term>head</term><description>head of the firm, and speaker (head) of the community.</description></item>
/// <item><term>mach</term><description>machine: a program with an API token of the firm and every scope of every service.</description></item>
/// <item><term>modr</term><description>moderator of region A.</description></item>
/// <item><term>audi</term><description>auditor of region A (in the place of security.md's expert, which this system does not have).</description></item>
/// <item><term>offi</term><description>official of region A.</description></item>
/// <item><term>admA</term><description>administrator of region A.</description></item>
/// <item><term>adm*</term><description>administrator of all regions.</description></item>
/// <item><term>othr</term><description>outsider: representative of another firm, in no community.</description></item>
/// <item><term>regB</term><description>official, moderator, auditor and administrator, all of region B.</description></item>
/// <item><term>1fac</term><description>holds every role of every region and has not shown the second factor: the session carries none of them.</description></item>
/// <item><term>tool</term><description>the installation's own tool, which may nothing in a live round.</description></item>
/// </list>
/// Region A is the regions of the scene's rounds together: each test round has a region of its own.
/// </summary>
internal static class Cast
{
    public static readonly IReadOnlyList<string> Roles = ["anon", "part", "repr", "head", "mach", "modr", "audi", "offi", "admA", "adm*"];

    public static readonly IReadOnlyList<string> Outsiders = ["othr", "regB", "1fac", "tool"];

    public static readonly IReadOnlyList<string> All = [.. Roles, .. Outsiders];
}

/// <summary>A firm, a community and the people of all roles around them. Acts that change something have a plot of their own, so that no row of the matrix disturbs another.</summary>
internal sealed class Plot
{
    readonly string name;
    readonly IReadOnlyList<string> regions;

    Plot(string name, IReadOnlyList<string> regions) => (this.name, this.regions) = (name, regions);

    public Guid Firm => Id("firm");
    public Guid Community => Id("community");

    /// <summary>Two people claim it.</summary>
    public Guid Disputed => Id("disputed");

    public Guid Dispute => Id("dispute");

    /// <summary>Of the participant to the firm, with its document; proved and open.</summary>
    public Guid Claim => Id("claim");

    public Guid Evidence => Id("evidence");

    /// <summary>The representative's.</summary>
    public Guid Mandate { get; private set; }

    /// <summary>A proposal that the representative is writing.</summary>
    public Guid Draft { get; set; }

    /// <summary>One that is thrown away.</summary>
    public Guid Discarded { get; set; }

    /// <summary>Of the draft.</summary>
    public Guid File { get; set; }

    public Guid Invitation => Id("invitation");

    /// <summary>What stands in the invitation's link.</summary>
    public string InvitationToken => Invitation.ToString("N");

    /// <summary>A code of six digits that went to the participant.</summary>
    public Guid Code => Id("code");

    public Guid ApiToken => Id("api token");

    public Guid Person(string role) => Id("person " + role);

    /// <summary>The one session of the person.</summary>
    public Guid Session(string role) => Id("session " + role);

    public string Email(string role) => $"{Person(role):N}@matrix.example";

    Guid Id(string what) => Portal.Id($"plot {name} {what}");

    public static async Task<Plot> MakeAsync(DiscoveryApp app, string name, IReadOnlyList<string> regions)
    {
        var plot = new Plot(name, regions);
        object Organisation(Guid id, string kind) => new { id, name = Town.Both($"Организация {id:N}", $"Organisation {id:N}"), kind };
        object Account(string role, params Guid[] organisations) => new
        {
            id = plot.Person(role), email = plot.Email(role), displayName = $"Person {role}", organisations,
            roles = role == "1fac" ? [.. Platform.Roles.All.Select(r => "*:" + r)] : plot.Claims(role).Where(c => c.Type == ClaimTypes.Role).Select(c => c.Value).ToArray(),
        };
        using var tool = app.AsTool();
        await tool.Post("/api/identity/import", new
        {
            organisations = new[] { Organisation(plot.Firm, "firm"), Organisation(plot.Id("other firm"), "firm"), Organisation(plot.Community, "community"), Organisation(plot.Disputed, "firm") },
            members = new[] { new { community = plot.Community, person = plot.Person("part") }, new { community = plot.Community, person = plot.Person("head") } },
            accounts = Cast.All.Except(["anon", "tool", "mach"]).Select(role => role switch
            {
                "repr" => Account(role, plot.Firm),
                "head" => Account(role, plot.Firm, plot.Community),
                "othr" => Account(role, plot.Id("other firm")),
                _ => Account(role),
            }),
        });
        var paper = app.Of("identity").GetRequiredService<Keyed>().SealBytes("evidence", "%PDF-1.4\n%%EOF\n"u8.ToArray());
        var address = app.Of("identity").GetRequiredService<Keyed>().Seal("invitation", new InviteColleague.Addressee($"invited-{plot.Firm:N}@matrix.example", "en"));
        await app.Read("identity", async db =>
        {
            await plot.FurnishAsync((IdentityDb)db, paper, address);
            return 0;
        });
        return plot;
    }

    // What no import brings, straight into the tables: nobody else has to hear of it.
    async Task FurnishAsync(IdentityDb db, byte[] paper, byte[] address)
    {
        var now = DateTimeOffset.UtcNow;
        foreach (var mandate in await db.Mandates.Where(m => m.Person == Person("head")).ToListAsync()) mandate.Role = MandateRoles.Head;
        Mandate = (await db.Mandates.SingleAsync(m => m.Person == Person("repr") && m.Organisation == Firm)).Id;
        db.Add(new MandateClaim { Id = Claim, Person = Person("part"), Organisation = Firm, Route = ClaimRoutes.Document, Role = MandateRoles.Representative, AskedAt = now, ProvedAt = now });
        db.Add(new Evidence { Id = Evidence, Claim = Claim, FileName = "paper.pdf", ContentType = "application/pdf", Size = 15, Sealed = paper, UploadedAt = now });
        foreach (var (role, id) in new[] { ("part", Id("claim of the participant")), ("othr", Id("claim of the other")) })
            db.Add(new MandateClaim { Id = id, Person = Person(role), Organisation = Disputed, Route = ClaimRoutes.Document, Role = MandateRoles.Head, AskedAt = now, ProvedAt = now });
        db.Add(new MemberRequest { Community = Community, Person = Person("othr"), AskedAt = now });
        db.Add(new Dispute { Id = Dispute, Organisation = Disputed, Claim = Id("claim of the other"), OpenedAt = now });
        (await db.Organisations.SingleAsync(o => o.Id == Disputed)).DisputedAt = now;
        db.Add(new Invitation { Id = Invitation, Organisation = Firm, InvitedBy = Person("head"), TokenHash = SHA256.HashData(Encoding.UTF8.GetBytes(InvitationToken)), Role = MandateRoles.Representative, Address = address, ExpiresAt = now.AddDays(30) });
        db.Add(new OneTimeCode { Id = Code, Purpose = CodePurposes.SignIn, Person = Person("part"), Hash = new byte[32], Payload = [], ExpiresAt = now.AddMinutes(10) });
        db.Add(new ApiToken { Id = ApiToken, Person = Person("head"), Organisation = Firm, Name = "Program", Scopes = Scopes, Hash = ApiToken.ToByteArray(), CreatedAt = now, ExpiresAt = now.AddDays(30) });
        foreach (var role in Cast.All.Except(["anon", "tool", "mach"]))
            db.Add(new UserSession { Id = Session(role), Person = Person(role), StartedAt = now, Until = now.AddDays(1), Device = "Test", Method = "code", HasSecondFactor = role != "1fac" });
        await db.SaveChangesAsync();
    }

    static string Scopes => string.Join(' ', DiscoveryApp.ServiceNames.SelectMany(s => new[] { $"*/{s}:read", $"*/{s}:write" }));

    /// <summary>What the session of this role carries.</summary>
    public IReadOnlyList<Claim> Claims(string role)
    {
        Claim[] Signed(string who, params IEnumerable<Claim> more) =>
        [
            new(ClaimTypes.NameIdentifier, Person(who).ToString()), new(ClaimTypes.Name, "Person " + role), new(Sessions.SessionId, (role == "mach" ? ApiToken : Session(who)).ToString()), .. more,
        ];
        Claim Acts() => new(Sessions.ActsFor, Firm.ToString());
        Claim[] Holds(IEnumerable<string> where, params string[] what) => [new(Sessions.Authority, "1"), .. where.SelectMany(r => what.Select(w => new Claim(ClaimTypes.Role, $"{r}:{w}")))];
        return role switch
        {
            "anon" => [],
            "part" or "othr" => Signed(role),
            "repr" or "head" => Signed(role, Acts()),
            "mach" => Signed("head", [Acts(), new(Sessions.Machine, "1"), .. Scopes.Split(' ').Select(s => new Claim(Sessions.Scope, s))]),
            "modr" => Signed(role, Holds(regions, Platform.Roles.Moderator)),
            "audi" => Signed(role, Holds(regions, Platform.Roles.Auditor)),
            "offi" => Signed(role, Holds(regions, Platform.Roles.Official)),
            "admA" => Signed(role, Holds(regions, Platform.Roles.Administrator)),
            "adm*" => Signed(role, Holds(["*"], Platform.Roles.Administrator)),
            "regB" => Signed(role, Holds(["elsewhere"], [.. Platform.Roles.All])),
            "1fac" => Signed(role, [new(Sessions.Authority, "1")]),
            "tool" => [new(ClaimTypes.NameIdentifier, Guid.Empty.ToString()), new(Sessions.Tool, "discovery")],
            _ => throw new ArgumentOutOfRangeException(nameof(role), role, null),
        };
    }
}
