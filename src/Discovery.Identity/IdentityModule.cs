using Discovery.Identity.Accounts;
using Discovery.Identity.Audit;
using Discovery.Identity.Communities;
using Discovery.Identity.Data;
using Discovery.Identity.Organisations;
using Discovery.Identity.People;
using Discovery.Identity.Secrets;
using Discovery.Identity.Subscriptions;
using Discovery.Platform;
using Discovery.Platform.Mail;
using Discovery.Platform.Persistence;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Discovery.Identity;

public sealed class IdentityModule : IModule
{
    public string Name => "identity";

    public IReadOnlyList<string> Paths => ["/sign-in/{**rest}", "/sign-up", "/sign-out", "/mail", "/account/{**rest}", "/organisations/{**rest}", "/rounds/{round}/organisations/{**rest}", "/people/{**rest}", "/subscribe/{**rest}", "/unsubscribe/{token}"];

    public void Add(IHostApplicationBuilder host)
    {
        host.AddDatabase<IdentityDb, SqliteIdentityDb, PostgresIdentityDb>(Name);
        host.Services.AddSlices(typeof(IdentityModule).Assembly);
        host.Services.AddSingleton<Keyed>();
        host.Services.AddHostedService(p => p.GetRequiredService<Keyed>());
        host.Services.AddSingleton<MailTransport>();
        host.Services.AddSingleton<LetterSender>();
        host.Services.AddHostedService(p => p.GetRequiredService<LetterSender>());
        host.Services.AddScoped<Letters>();
        host.Services.AddScoped<Throttle>();
        host.Services.AddScoped<Codes>();
        host.Services.AddScoped<Doorkeeper>();
        host.Services.AddScoped<Erasure>();
        host.Services.AddScoped<StateCookie>();
        host.Services.AddScoped<Newcomers>();
        host.Services.AddScoped<MailFolder>();
        host.Services.AddHostedService<Sweeper>();
        host.Services.AddHostedService<TellAuthority>();
        host.Services.AddScoped<NewsLetter>();
        host.Services.AddHostedService<NewsClock>();
        host.AddForeignSignIn();
        host.Services.Configure<IdentityPasskeyOptions>(o => (o.UserVerificationRequirement, o.ResidentKeyRequirement) = ("required", "required"));
        host.Services.AddScoped<IPasskeyHandler<Person>, PasskeyHandler<Person>>();
        host.Services.AddScoped<Links>();
        host.Services.AddScoped<Claims>();
        host.Services.AddScoped<InviteColleague.Sender>();
        host.Services.AddIdentityCore<Person>(o =>
        {
            o.User.RequireUniqueEmail = true;
            o.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            // People sign in with any address; the length of passwords is what counts.
            o.User.AllowedUserNameCharacters = "";
            o.Password = new() { RequiredLength = Passwords.Shortest, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
        }).AddUserStore<PeopleStore>().AddTokenProvider<AuthenticatorTokenProvider<Person>>(TokenOptions.DefaultAuthenticatorProvider);
    }

    public void Map(IEndpointRouteBuilder api)
    {
        SignIn.Map(api);
        AskForCode.Map(api);
        SignUp.Map(api);
        EnterCode.Map(api);
        Passkeys.Map(api);
        ListSessions.Map(api);
        EndSession.Map(api);
        ChangeProfile.Map(api);
        GetAuthenticatorKey.Map(api);
        SetUpAuthenticator.Map(api);
        GetAccount.Map(api);
        CreateAccount.Map(api);
        Import.Map(api.MapGroup("").RequireAuthorization());
        RevokeMandate.Map(api.MapGroup("").RequireAuthorization());

        var organisations = api.MapGroup("/organisations").RequireAuthorization();
        ListOrganisations.Map(organisations);
        RegisterOrganisation.Map(organisations);
        FindOrganisation.Map(organisations);
        GetOrganisation.Map(organisations);
        EditOrganisation.Map(organisations);
        LiquidateOrganisation.Map(organisations);
        SetOwner.Map(organisations);
        VerifyMandate.Map(organisations);
        GetMyClaim.Map(organisations);
        AskForMandate.Map(organisations);
        ResolveDispute.Map(organisations);
        InviteColleague.Map(organisations);

        var claims = api.MapGroup("/claims").RequireAuthorization();
        ListClaims.Map(claims);
        GetClaim.Map(claims, organisations);
        WithdrawClaim.Map(claims);
        ProveByDomain.Map(claims);
        ProveByLetter.Map(claims);
        UploadEvidence.Map(claims);
        DecideClaim.Map(claims);

        ReadEvidence.Map(api.MapGroup("").RequireAuthorization());
        RevokeInvitation.Map(api.MapGroup("").RequireAuthorization());
        AnswerInvitation.Map(api);
        CommunityApi.Map(api);
        ActFor.Map(api);

        var tokens = api.MapGroup("/account/tokens").RequireAuthorization();
        ListTokens.Map(tokens);
        MakeToken.Map(tokens);
        RevokeToken.Map(tokens);

        var me = api.MapGroup("/me").RequireAuthorization();
        ExportMyData.Map(me);
        ListMyConsents.Map(me);
        EraseAccount.Map(me);

        var people = api.MapGroup("/people").RequireAuthorization();
        ListPeople.Map(people);
        FindBursts.Map(people);
        GetPerson.Map(people);
        ChangeRoles.Map(people);
        BlockAccount.Map(people);
        ListAudit.Map(api.MapGroup("/audit").RequireAuthorization());
    }

    /// <summary>Makes an account from the machine's own command line, without asking who wants it: the first administrator is made so.</summary>
    /// <param name="services">Of a process that has this module and a migrated database.</param>
    /// <param name="roles"><c>region:official</c> and the like; the region <c>*</c> is every region.</param>
    /// <param name="password">Null: one is made, and its owner is asked for another at the first sign-in.</param>
    /// <returns>The password.</returns>
    /// <exception cref="ValidationException">The address or a role is not one.</exception>
    /// <exception cref="RuleBroken">The address has an account already.</exception>
    public static async Task<string> CreateAccountAsync(
        IServiceProvider services, string email, string displayName, IReadOnlyList<string> roles, string? password = null, CancellationToken ct = default)
    {
        await using var scope = services.CreateAsyncScope();
        var (db, hasher, clock) = (scope.ServiceProvider.GetRequiredService<IdentityDb>(), scope.ServiceProvider.GetRequiredService<IPasswordHasher<Person>>(), scope.ServiceProvider.GetRequiredService<TimeProvider>());
        var form = new CreateAccount.Form { Email = email, DisplayName = displayName, Roles = [.. roles], Password = password };
        await new CreateAccount.Validator().ValidateAndThrowAsync(new(form), ct);
        return (await CreateAccount.MakeAsync(db, form, hasher, clock, ct)).Password ?? password!;
    }

    /// <summary>Erases an account from the machine's own command line: for a person whose mailbox is gone, and again after a backup that is older than the erasure was restored.</summary>
    /// <param name="services">Of a process that has this module and a migrated database.</param>
    /// <returns>False where there is no such account, or it is erased.</returns>
    /// <exception cref="RuleBroken">It is the last administrator.</exception>
    public static async Task<bool> EraseAccountAsync(IServiceProvider services, Guid person, CancellationToken ct = default)
    {
        await services.GetRequiredService<Keyed>().StartAsync(ct);
        await using var scope = services.CreateAsyncScope();
        var found = await scope.ServiceProvider.GetRequiredService<IdentityDb>().Users.AsNoTracking().SingleOrDefaultAsync(p => p.Id == person && p.ErasedAt == null, ct);
        if (found is null) return false;
        await scope.ServiceProvider.GetRequiredService<Erasure>().EraseAsync(found, Guid.Empty, ct);
        return true;
    }
}
