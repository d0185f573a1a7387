using System.Text;
using Discovery.Platform;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Annexes;

/// <summary>Authors write the confidential annex and say who may read it. An empty text takes it away.</summary>
internal static class KeepAnnex
{
    public sealed record Form
    {
        public string? Text { get; init; }
        public List<Guid> Readers { get; init; } = [];
        public bool ForOfficials { get; init; }

        /// <summary>As it was read; null for a first one.</summary>
        public int? Version { get; init; }
    }

    public sealed record Command(string Round, int Number, CurrentUser Person, Form Input) : IRequest<bool>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/{number:int}/annex", async (string round, int number, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            await mediator.Send(new Command(round, number, user, form), ct);
            return TypedResults.NoContent();
        }).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Text).Must(t => PlainText.Paragraphs(t).Length <= Annex.Longest).WithMessage("proposals.annex.long");
            RuleFor(c => c.Input.Readers).Must(r => r is null || r.Distinct().Count() <= Annex.MostReaders).WithMessage("proposals.annex.readers");
        }
    }

    public sealed class Handler(ProposalsDb db, IDataProtectionProvider keys, TimeProvider clock) : IRequestHandler<Command, bool>
    {
        public async Task<bool> Handle(Command command, CancellationToken ct)
        {
            var (input, text) = (command.Input, PlainText.Paragraphs(command.Input.Text));
            var (round, proposal, annex, isAuthor, _) = await db.AnnexAsync(command.Round, command.Number, command.Person, clock, ct);
            if (!isAuthor) throw new RuleBroken("proposals.no-mandate") { Status = 403 };
            if (annex is not null && input.Version is { } seen && seen != annex.Version) throw new RuleBroken("proposals.annex.changed");
            var readers = (input.Readers ?? []).Distinct().Except(proposal.Authors).ToList();
            if (await db.Organisations.CountAsync(o => readers.Contains(o.Id), ct) != readers.Count) throw new ValidationException([new("Input.Readers", "proposals.annex.reader.unknown")]);

            if (text.Length == 0)
            {
                if (annex is not null) db.Remove(annex);
            }
            else
            {
                var (sealedText, now) = (keys.ForAnnexes().Protect(Encoding.UTF8.GetBytes(text)), await db.ClockAsync(clock, ct));
                if (annex is null) db.Add(new Annex { Id = proposal.Id, Round = round.Id, Sealed = sealedText, Readers = readers, ForOfficials = input.ForOfficials, ChangedAt = now });
                else (annex.Sealed, annex.Readers, annex.ForOfficials, annex.ChangedAt, annex.Version) = (sealedText, readers, input.ForOfficials, now, annex.Version + 1);
            }
            try { await db.SaveChangesAsync(ct); }
            // Another author has changed it, or has written the first one at the same moment.
            catch (DbUpdateException e) when (e is DbUpdateConcurrencyException || annex is null) { throw new RuleBroken("proposals.annex.changed"); }
            return true;
        }
    }
}
