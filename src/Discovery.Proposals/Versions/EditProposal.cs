using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Persistence;
using Discovery.Proposals.Attachments;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Proposals.Versions;

/// <summary>The authors change what is published, while proposals are collected. It is shown at once; moderators are told.</summary>
internal static class EditProposal
{
    public sealed record Form : Content
    {
        /// <summary>The version that was changed: what somebody else has written since is not overwritten unseen.</summary>
        public int? BaseVersion { get; init; }

        public Form() { }

        /// <summary>The content as it stands, to be changed.</summary>
        public Form(Content content) : base(content) { }
    }

    /// <param name="Draft">The draft that it was changed in, which goes with it.</param>
    public sealed record Command(string Round, int Number, CurrentUser Person, Form Input, Guid? Draft = null) : IRequest<Answer>;

    /// <param name="Version">Its number; the one that was there when nothing has changed.</param>
    public sealed record Answer(int Version);

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPut("/{number:int}/content", async (string round, int number, Form form, CurrentUser user, IMediator mediator, CancellationToken ct) =>
            TypedResults.Ok(await mediator.Send(new Command(round, number, user, form), ct)))
            .RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider clock)
        {
            RuleFor(c => c.Input.BaseVersion).NotNull().WithMessage("proposals.base-version.missing");
            RuleFor(c => c.Input).SetValidator(new ContentRules(clock));
        }
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, Answer>
    {
        public async Task<Answer> Handle(Command command, CancellationToken ct)
        {
            var (person, content, now) = (command.Person, command.Input.Cleaned(), await db.ClockAsync(clock, ct));
            var round = await db.GetRound(command.Round, ct);
            var own = await db.ActsForAsync(person, now, ct);

            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var docket = await db.LockDocketAsync(round.Id, ct);
            var proposal = await db.PublishedAsync(round.Id, command.Number, ct);
            if (person.IsOfAuthority) throw new RuleBroken("proposals.official") { Status = 403 };
            if (!proposal.IsAuthoredBy(own)) throw new RuleBroken("proposals.no-mandate") { Status = 403 };
            SubmitProposal.MustBeCollecting(round);
            docket.MustBeOpen();
            SubmitProposal.MustLieIn(round, content);
            if (command.Input.BaseVersion != proposal.Revision) throw new RuleBroken("proposals.edited-meanwhile", proposal.Revision);
            if (Revision.Write(content) == Revision.Write(proposal.Content)) return new(proposal.Revision);

            await db.TakeFilesAsync(proposal, content, command.Draft, person.Id, ct);
            await db.RewriteAsync(round, proposal, content, Changes.Edited, person.Id, now, ct);
            await db.RememberAsync(person, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return new(proposal.Revision);
        }
    }
}
