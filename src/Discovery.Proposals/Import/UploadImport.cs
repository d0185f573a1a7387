using System.Security.Cryptography;
using Discovery.Platform;
using Discovery.Platform.People;
using Discovery.Platform.Tables;
using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Import;

/// <summary>An official brings a file of what others wrote on paper or in an older system. It is looked at and kept; nothing is entered yet.</summary>
internal static class UploadImport
{
    public sealed record Form
    {
        /// <summary>Where the proposals come from.</summary>
        public string? Reason { get; init; }
    }

    /// <param name="File">Null: it is too large.</param>
    public sealed record Command(string Round, CurrentUser Official, Form Input, byte[]? File) : IRequest<Guid>;

    public static void Map(IEndpointRouteBuilder round) =>
        round.MapPost("/imports", async (string round, string? reason, HttpRequest request, CurrentUser user, IMediator mediator, CancellationToken ct) =>
        {
            var batch = await mediator.Send(new Command(round, user, new() { Reason = reason }, await TableFile.ReadAsync(request.Body, ct)), ct);
            return TypedResults.Created($"/api/proposals/rounds/{round}/imports/{batch}", new { id = batch });
        }).RequireAuthorization();

    public sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Input.Reason).IsReason();
            RuleFor(c => c.File).Cascade(CascadeMode.Stop)
                .NotNull().WithMessage("proposals.import.large").OverridePropertyName("Input.File")
                .Must(f => f!.Length > 0).WithMessage("proposals.import.file").OverridePropertyName("Input.File");
        }
    }

    public sealed class Handler(ProposalsDb db, TimeProvider clock) : IRequestHandler<Command, Guid>
    {
        public async Task<Guid> Handle(Command command, CancellationToken ct)
        {
            var round = await db.GetRound(command.Round, ct);
            command.Official.MustRun(round.Region.Slug, round.Charter.Origin);
            SubmitProposal.MustBeCollecting(round);
            var batch = ImportBatch.Of(round.Id, command.Official.Id, Reasons.Clean(command.Input.Reason), command.File!, Convert.ToHexStringLower(SHA256.HashData(command.File!)), clock.GetUtcNow());
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            // Files that were looked at and not entered are not kept: the next one takes their place.
            await db.Imports.Where(b => b.Round == round.Id && b.Person == command.Official.Id && b.EnteredAt == null).ExecuteDeleteAsync(ct);
            db.Add(batch);
            await db.RememberAsync(command.Official, ct);
            await db.SaveChangesAsync(ct);
            await transaction.CommitAsync(ct);
            return batch.Id;
        }
    }
}
