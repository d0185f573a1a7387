using Discovery.Identity.Audit;
using Discovery.Identity.Data;
using Discovery.Identity.Secrets;
using Discovery.Platform;
using Discovery.Platform.Web;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Identity.Accounts;

/// <summary>The code from the letter is right: whoever has it has the address. Makes the account where one was asked for.</summary>
internal static class EnterCode
{
    public sealed class Form
    {
        public string? Code { get; set; }

        /// <summary>The sign-up's code rather than the sign-in's.</summary>
        public bool SigningUp { get; set; }
    }

    public sealed record Command(Guid Id, Form Input) : IRequest<Person>;

    public static void Map(IEndpointRouteBuilder identity) =>
        identity.MapPost("/codes/{id:guid}", async (Guid id, Form form, IMediator mediator, Doorkeeper door, CancellationToken ct) =>
        {
            var person = await mediator.Send(new Command(id, form), ct);
            return TypedResults.SignIn((await door.MakeAsync(person, Sessions.Bearer, "code", second: false, ct: ct)).Principal, authenticationScheme: Sessions.Bearer);
        });

    public sealed class Handler(IdentityDb db, Codes codes, Newcomers newcomers, UserManager<Person> people, TimeProvider clock) : IRequestHandler<Command, Person>
    {
        public async Task<Person> Handle(Command command, CancellationToken ct)
        {
            var (_, arrival) = await codes.RedeemAsync<Arrival>(command.Input.SigningUp ? CodePurposes.SignUp : CodePurposes.SignIn, command.Id, command.Input.Code, ct);
            var email = Person.Normal(arrival.Address);
            var person = await db.Users.SingleOrDefaultAsync(p => p.NormalizedEmail == email, ct);
            // Asked about an address without an account: nobody got the code, so somebody guessed it. Shut since it was sent: as if it were.
            if (person is null ? arrival.DisplayName is null : person.IsShut) throw new RuleBroken("identity.code.over");
            person ??= newcomers.Make(arrival.Address, arrival.DisplayName!, arrival.Language);
            person.EmailConfirmed = true;
            await db.SaveUniqueAsync("identity.code.over", ct);
            if (arrival.Login is { } login && await people.FindByLoginAsync(login.Provider, login.Key) is null)
            {
                await people.AddLoginAsync(person, new(login.Provider, login.Key, login.Provider));
                db.Record(person.Id, clock.GetUtcNow(), "login.added", person: person.Id, note: login.Provider);
                await db.SaveChangesAsync(ct);
            }
            return person;
        }
    }
}
