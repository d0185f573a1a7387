using Discovery.Contracts;
using FluentValidation;

namespace Discovery.Proposals.Proposals;

/// <summary>What the author answers. Texts may be in one language or several; those of imported proposals may be missing but for the title.</summary>
internal record Content
{
    public Text Title { get; init; } = [];
    public Text Summary { get; init; } = [];

    /// <summary>What there is today and what will be new.</summary>
    public Text Today { get; init; } = [];

    /// <summary>Who needs it.</summary>
    public Text Market { get; init; } = [];

    /// <summary>What the region can build on.</summary>
    public Text Strengths { get; init; } = [];

    public string Sector { get; init; } = "";

    /// <summary>The second sector of a proposal at a junction.</summary>
    public string? Also { get; init; }

    /// <summary>Key of a cell of the region; null for the whole region.</summary>
    public string? Municipality { get; init; }

    public string Mode { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Track { get; init; } = "";

    /// <summary>The year by which it should work.</summary>
    public int? Horizon { get; init; }

    public Details Details { get; init; } = new();

    /// <summary>The same content with clean texts and without empty ones.</summary>
    public Content Cleaned() => new()
    {
        Title = PlainText.Line(Title),
        Summary = PlainText.Paragraphs(Summary),
        Today = PlainText.Paragraphs(Today),
        Market = PlainText.Paragraphs(Market),
        Strengths = PlainText.Paragraphs(Strengths),
        Sector = Sector,
        Also = string.IsNullOrEmpty(Also) || Also == Sector ? null : Also,
        Municipality = string.IsNullOrEmpty(Municipality) ? null : Municipality,
        Mode = Mode,
        Kind = Kind,
        Track = Track,
        Horizon = Horizon,
        Details = (Details ?? new()).Cleaned(),
    };
}

/// <summary>Limits of every text, in characters after cleaning. The messages are keys of texts.</summary>
internal sealed class ContentRules : AbstractValidator<Content>
{
    public const int Title = 140, Summary = 400, Answer = 3000;
    const int Years = 30;

    public ContentRules(TimeProvider clock)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        Answered(c => c.Title, "title", 8, Title);
        Answered(c => c.Summary, "summary", 30, Summary);
        RuleFor(c => c.Sector).OneOf(Choices.Sectors).WithMessage("proposals.sector.missing");
        RuleFor(c => c.Also).OneOf(Choices.Sectors).WithMessage("proposals.sector.unknown").When(c => !string.IsNullOrEmpty(c.Also));
        Answered(c => c.Today, "today", 30, Answer);
        Answered(c => c.Market, "market", 30, Answer);
        Answered(c => c.Strengths, "strengths", 30, Answer);
        RuleFor(c => c.Kind).OneOf(Choices.Kinds).WithMessage("proposals.kind.missing");
        RuleFor(c => c.Mode).OneOf(Choices.Modes).WithMessage("proposals.mode.missing");
        RuleFor(c => c.Track).OneOf(Choices.Tracks).WithMessage("proposals.track.missing");
        RuleFor(c => c.Horizon).Must(year => year is { } y && y >= clock.GetUtcNow().Year && y <= clock.GetUtcNow().Year + Years).WithMessage("proposals.horizon.range");
        RuleFor(c => c.Details).SetValidator(new DetailsRules(clock)).When(c => c.Details is not null);
    }

    void Answered(System.Linq.Expressions.Expression<Func<Content, Text>> text, string name, int least, int most) =>
        RuleFor(text)
            .Must(t => PlainText.Longest(t) > 0).WithMessage($"proposals.{name}.missing")
            .Must(t => PlainText.Shortest(t) >= least).WithMessage($"proposals.{name}.short")
            .Must(t => PlainText.Longest(t) <= most).WithMessage($"proposals.{name}.long");
}

/// <summary>The words that a proposal may choose from; their texts are <c>sector.*</c>, <c>proposals.mode.*</c> and so on.</summary>
internal static class Choices
{
    public static readonly IReadOnlyList<string>
        Sectors = ["agro", "health", "chem", "mach", "wood", "energy", "digital", "craft", "tour", "eco"],
        Modes = ["general", "application", "mixed"],
        Kinds = ["new", "diversify", "transition", "modernise"],
        Tracks = ["main", "emerging", "local-social"];

    public static IRuleBuilderOptions<T, string?> OneOf<T>(this IRuleBuilder<T, string?> rule, IReadOnlyList<string> choices) =>
        rule.Must(value => value is not null && choices.Contains(value));
}
