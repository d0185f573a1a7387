using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Proposals.Versions;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Merges;

/// <summary>An author of one of the proposals asks all their authors to merge them, or an official or a moderator suggests it.</summary>
internal static class ProposeMerge
{
    /// <summary>Of the content only the five texts that everybody must answer are taken; a text that is empty is the lead's.</summary>
    public sealed record Form : Content
    {
        /// <summary>Numbers of the proposals, 2 to 5.</summary>
        public List<int> With { get; init; } = [];

        /// <summary>Number of the one whose text goes on.</summary>
        public int? Lead { get; init; }

        /// <summary>The version of the lead that was read; without it the one that stands now.</summary>
        public int? BaseVersion { get; init; }

        public string? Reason { get; init; }

        public Form() { }

        /// <summary>The words of the lead, to be changed.</summary>
        public Form(Content content) : base(content) { }
    }

    public sealed record Command(string Round, CurrentUser Person, Form Input) : IRequest<Answer>;

    public sealed record Answer(Guid Id, string State);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPost("/merges", async (string round, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, user, form), ct)))
            .RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.With).Must(w => w?.Distinct().Count() is >= Merge.Least and <= Merge.Most).WithMessage("proposals.merge.number");
            RuleFor(c => c.Input.Lead).Must((c, lead) => lead is { } l && c.Input.With?.Contains(l) == true).WithMessage("proposals.merge.lead.missing");
            RuleFor(c => c.Input.Reason).IsReason();
        }
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        readonly ContentRules rules = new(clock);

        public async Task<Answer> Handle(Command command, CancellationToken ct)
        {
            var (person, input, now) = (command.Person, command.Input, await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            var advises = person.Is(Roles.Official, round.Region.Slug) || person.Is(Roles.Moderator, round.Region.Slug);
            if (person.IsOfAuthority && !advises) throw new RuleBroken("proposals.merge.not-author") { Status = 403 };
            var own = person.IsOfAuthority ? [] : await db.ActsForAsync(person, now, ct);

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            var parts = await db.Proposals.Where(p => p.Round == round.Id && input.With.Contains(p.Number) && p.PublishedAt != null).ToListAsync(ct);
            if (parts.Count != input.With.Distinct().Count()) throw new RuleBroken("proposals.merge.unknown-number") { Status = 404 };
            if (!advises && !parts.Exists(p => p.IsAuthoredBy(own))) throw new RuleBroken("proposals.merge.not-author") { Status = 403 };
            docket.MustBeChangeable(round);
            if (parts.Find(p => p.Authors.Count == 0) is { } orphan) throw new RuleBroken("proposals.merge.no-author", orphan.Number);
            var ids = parts.ConvertAll(p => p.Id);
            if (await db.MergeParts.Where(x => x.IsOpen && ids.Contains(x.Proposal)).Select(x => x.Merge).Distinct().ToListAsync(ct) is { Count: > 0 } open)
            {
                // What is over and was not yet noted does not stand in the way.
                foreach (var late in await db.Merges.Where(m => open.Contains(m.Id)).ToListAsync(ct))
                    if (late.ExpiresAt > now) throw new RuleBroken("proposals.merge.is-asked");
                    else await db.EndAsync(late, MergeStates.Lapsed, Guid.Empty, now, ct);
                await db.SaveChangesAsync(ct);
            }

            var lead = parts.Single(p => p.Number == input.Lead);
            if (input.BaseVersion is { } version && version != lead.Revision) throw new RuleBroken("proposals.edited-meanwhile", lead.Revision);
            var texts = Wording.Changed(lead.Content, input.Cleaned());
            var content = lead.Content.With(texts);
            await rules.MustFitAsync(content, texts, ct);

            var asked = parts.SelectMany(p => p.Authors).Distinct().ToList();
            var merge = new Merge
            {
                Id = Guid.CreateVersion7(), Round = round.Id, Lead = lead.Id, Json = Revision.Write(content), Reason = Reasons.Clean(input.Reason), Person = person.Id,
                Organisation = advises ? null : person.ActsFor is { } usual && own.Contains(usual) && asked.Contains(usual) ? usual : asked.First(own.Contains), ProposedAt = now, ExpiresAt = now + Merge.ToAnswer,
            };
            db.Add(merge);
            db.AddRange(parts.ConvertAll(p => new MergePart { Merge = merge.Id, Proposal = p.Id }));
            // Who proposes it agrees to it, for all the organisations that the person acts for.
            var answers = asked.ConvertAll(o => own.Contains(o) ? new MergeAnswer { Merge = merge.Id, Organisation = o, Agrees = true, Person = person.Id, At = now } : new MergeAnswer { Merge = merge.Id, Organisation = o });
            db.AddRange(answers);
            foreach (var proposal in parts) await db.NoteAsync(proposal.Id, "merge-proposed", person.Id, new(Text: merge.Reason), now, ct);
            await db.RememberAsync(person, ct);
            await db.SaveChangesAsync(ct);
            if (answers.TrueForAll(a => a.Agrees == true)) await db.DoAsync(round, merge, person.Id, now, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new(merge.Id, merge.State);
        }
    }
}
