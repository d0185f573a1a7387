using Discovery.Contracts;
using Discovery.Contracts.Rounds;
using Discovery.Platform;
using Discovery.Rounds.Charters;
using Discovery.Rounds.Data;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Discovery.Rounds;

/// <summary>Dates and texts of a published charter.</summary>
[Authorize]
internal sealed class AmendModel(IMediator mediator, RoundsDb db, CurrentUser user) : PageModel, IShownAgain
{
    /// <summary>Times in the region's zone, as they are typed.</summary>
    public sealed class Sheet
    {
        public Text Title { get; set; } = [];
        public Text Question { get; set; } = [];
        public Text Summary { get; set; } = [];
        public Text Moderation { get; set; } = [];
        public Charters.Sheet.ContactSheet Verification { get; set; } = new();
        public Charters.Sheet.ContactSheet Appeals { get; set; } = new();
        public List<Charters.Sheet.PhaseSheet> Phases { get; set; } = [];
        public string? Reason { get; set; }

        /// <summary>Of the charter that this page has shown.</summary>
        public int Version { get; set; }
    }

    [BindProperty(SupportsGet = true)] public string Round { get; set; } = "";
    [BindProperty] public Sheet Input { get; set; } = new();

    public GetRound.View It { get; private set; } = null!;
    public RoundCopy Copy { get; private set; } = null!;

    public async Task OnGet(CancellationToken ct)
    {
        await Load(ct);
        Input = new()
        {
            Version = It.CharterVersion,
            Title = It.Title, Question = It.Question, Summary = It.Summary, Moderation = It.Moderation,
            Verification = Charters.Sheet.ContactSheet.Of(It.Verification), Appeals = Charters.Sheet.ContactSheet.Of(It.Appeals),
            Phases = [.. It.Phases.Select(p => new Charters.Sheet.PhaseSheet { Kind = p.Kind, Starts = Local(p.Starts), Ends = Local(p.EndsAt) })],
        };
        Prepare();
    }

    public async Task<IActionResult> OnPost(CancellationToken ct)
    {
        await Load(ct);
        await mediator.Send(new AmendRound.Command(Round, new()
        {
            Title = Input.Title,
            Question = It.Phases.All(p => p.StartedAt is null) ? Input.Question : null,
            Summary = Input.Summary,
            Moderation = Input.Moderation,
            Verification = Input.Verification.ToContact(),
            Appeals = Input.Appeals.ToContact(),
            Phases = [.. Input.Phases.Select(p => new Phase(p.Kind, new(p.Starts, Copy.Zone.GetUtcOffset(p.Starts)), new(p.Ends, Copy.Zone.GetUtcOffset(p.Ends))))],
            Reason = Input.Reason,
            Version = Input.Version,
        }), ct);
        return Redirect(Places.Round(Round) + "#amendments");
    }

    public async Task Load(CancellationToken ct)
    {
        It = await mediator.Send(new GetRound.Query(Round), ct);
        user.MustRun(It.Region.Slug, It.Origin);
        Copy = await db.GetRound(Round, ct);
        Prepare();
    }

    DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Copy.Zone).DateTime;

    void Prepare()
    {
        foreach (var text in (Text[])[Input.Title, Input.Question, Input.Summary, Input.Moderation, Input.Verification.Name, Input.Appeals.Name])
            foreach (var lang in Lang.All) text.TryAdd(lang, "");
    }
}
