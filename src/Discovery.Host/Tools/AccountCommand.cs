using System.CommandLine;
using Discovery.Identity;
using Discovery.Platform;
using Discovery.Platform.Persistence;
using FluentValidation;

namespace Discovery.Host.Tools;

/// <summary>
/// <c>discovery account add</c>: makes the first administrator of an installation, and officials where there is no other way yet.
/// <c>discovery account erase</c>: erases whose mailbox is gone, and again after a restored backup.
/// </summary>
internal static class AccountCommand
{
    public static Command Describe()
    {
        var email = new Argument<string>("EMAIL");
        var name = new Option<string>("--name") { Description = "Display name", Required = true };
        var roles = new Option<string[]>("--role") { Description = "region:official, region:moderator, region:auditor or region:administrator; * is every region", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
        var data = DataOption.New();
        var add = new Command("add", "Make an account and print its password once") { email, name, roles, data };
        add.SetAction(async parsed =>
        {
            var app = Service.Build([Modules.All.OfType<IdentityModule>().Single()], [$"--Data={parsed.GetValue(data)}", "--Logging:LogLevel:Default=Warning"]);
            await Migrations.ApplyAsync(app.Services);
            try { Console.WriteLine(await IdentityModule.CreateAccountAsync(app.Services, parsed.GetValue(email)!, parsed.GetValue(name)!, parsed.GetValue(roles)!)); }
            catch (Exception e) when (e is RuleBroken or ValidationException) { throw new Refused(parsed.GetValue(email)!, e is ValidationException v ? v.Errors.First().ErrorMessage : e.Message); }
            return 0;
        });
        return new Command("account", "Accounts from the command line") { add, Erase() };
    }

    static Command Erase()
    {
        var id = new Argument<Guid>("ID") { Description = "The account, as the trail names it" };
        var data = DataOption.New();
        var erase = new Command("erase", "Erase an account for good; what it did stays under its id") { id, data };
        erase.SetAction(async parsed =>
        {
            var (person, app) = (parsed.GetValue(id), Service.Build([Modules.All.OfType<IdentityModule>().Single()], [$"--Data={parsed.GetValue(data)}", "--Logging:LogLevel:Default=Warning"]));
            await Migrations.ApplyAsync(app.Services);
            try { Console.WriteLine(await IdentityModule.EraseAccountAsync(app.Services, person) ? "Erased." : "There is no such account, or it is erased already."); }
            catch (RuleBroken e) { throw new Refused(person.ToString(), e.Message); }
            return 0;
        });
        return erase;
    }
}
