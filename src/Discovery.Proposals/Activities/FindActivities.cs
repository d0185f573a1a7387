using Discovery.Site;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Proposals.Activities;

/// <summary>Activity codes for what somebody types: a code, its beginning, or words. Naming one stays optional: new activities have none yet.</summary>
internal static class FindActivities
{
    public const int Most = 20;

    /// <param name="Q">Code or words.</param>
    /// <param name="System">okved2 or nace; without it the one of the reader's language.</param>
    public sealed record Query(string? Q, string? System) : IRequest<IReadOnlyList<Activity>>;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/activities", async (string? q, string? system, IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new Query(q, system), ct)));

    public sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.System).Must(s => s is null || ActivityCodes.Systems.ContainsKey(s)).WithMessage("proposals.activity.system");
    }

    // Which list somebody reads is a matter of the language, so it stands among the texts.
    public sealed class Handler(Words<Texts> text) : IRequestHandler<Query, IReadOnlyList<Activity>>
    {
        public Task<IReadOnlyList<Activity>> Handle(Query query, CancellationToken ct) =>
            Task.FromResult(ActivityCodes.Find(query.Q ?? "", query.System ?? text["proposals.activity.list"], Most));
    }
}
