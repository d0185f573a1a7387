using System.Globalization;
using System.Text.RegularExpressions;
using Discovery.Contracts;
using Discovery.Contracts.Identity;
using Discovery.Contracts.Rounds;
using FluentValidation;

namespace Discovery.Rounds.Charters;

/// <summary>What a charter must be to be counted and understood. Messages are keys of texts.</summary>
internal sealed partial class DraftRules : AbstractValidator<DraftRound.Command>
{
    static readonly string[] Brands = ["reka", "bor", "brusnika", "chernila"];

    public DraftRules()
    {
        RuleFor(c => c.Input.Slug).Must(s => IsSlug(s) && s != "new").WithMessage("rounds.slug.wrong");
        RuleFor(c => c.Input.Title).Must(Has).WithMessage("rounds.title.missing").Must(t => Fits(t, 300)).WithMessage("rounds.text.long").OverridePropertyName("Input.Title[ru]");
        RuleFor(c => c.Input.Question).Must(Has).WithMessage("rounds.question.missing").Must(t => Fits(t, 300)).WithMessage("rounds.text.long").OverridePropertyName("Input.Question[ru]");
        RuleFor(c => c.Input.Summary).Must(t => Fits(t, 2000)).WithMessage("rounds.text.long").OverridePropertyName("Input.Summary[ru]");
        RuleFor(c => c.Input.K).InclusiveBetween(1, 100).WithMessage("rounds.k.range");
        RuleFor(c => c.Input.MaxRanked).InclusiveBetween(1, 10_000).WithMessage("rounds.max-ranked.range");
        RuleFor(c => c.Input.Ballot).Must(b => b is "ranking" or "approval").WithMessage("rounds.choice.missing");
        RuleFor(c => c.Input.Floor).Must(IsShare).WithMessage("rounds.fraction.wrong");
        RuleFor(c => c.Input.Breadth).Must(IsShare).WithMessage("rounds.fraction.wrong");
        RuleFor(c => c.Input.Rho).InclusiveBetween(1, 1000).WithMessage("rounds.rho.range");
        RuleFor(c => c.Input.Origin).Must(o => o is Origins.Live or Origins.Demonstration or Origins.Import).WithMessage("rounds.choice.missing");
        RuleFor(c => c.Input.Standings).Must(s => s is "auditors" or "everybody").WithMessage("rounds.choice.missing");
        RuleFor(c => c.Input.ReconciliationHours).InclusiveBetween(0, 720).WithMessage("rounds.reconciliation.range");
        RuleFor(c => c.Input.Profile).Must(Profiles.All.Contains).WithMessage("rounds.choice.missing");
        RuleFor(c => c.Input.Endorsements).InclusiveBetween(0, 1000).WithMessage("rounds.endorsements.range");
        RuleFor(c => c.Input.EndorsingGroups).Must((c, n) => n >= 0 && n <= Math.Max(1, c.Input.Groups?.Count ?? 0) && (n == 0 || n <= c.Input.Endorsements)).WithMessage("rounds.endorsing-groups.range");
        RuleFor(c => c.Input.ReplyDays).InclusiveBetween(1, 365).WithMessage("rounds.reply-days.range");
        RuleFor(c => c.Input.Moderation).Must(t => Fits(t, 5000)).WithMessage("rounds.text.long").OverridePropertyName("Input.Moderation[ru]");
        ContactRules(c => c.Input.Verification, "Input.Verification");
        ContactRules(c => c.Input.Appeals, "Input.Appeals");
        RegionRules();
        GroupRules();
        PhaseRules();
    }

    void RegionRules()
    {
        RuleFor(c => c.Input.Region).NotNull().WithMessage("rounds.region.missing");
        When(c => c.Input.Region is not null, () =>
        {
            RuleFor(c => c.Input.Region!.Slug).Must(IsSlug).WithMessage("rounds.region.slug.wrong");
            RuleFor(c => c.Input.Region!.Name).Must(Has).WithMessage("rounds.region.missing").Must(t => Fits(t, 300)).WithMessage("rounds.text.long").OverridePropertyName("Input.Region.Name[ru]");
            RuleFor(c => c.Input.Region!.Zone).Must(z => z is not null && TimeZoneInfo.TryFindSystemTimeZoneById(z, out _)).WithMessage("rounds.zone.unknown");
            RuleFor(c => c.Input.Region!.Brand).Must(b => Brands.Contains(b)).WithMessage("rounds.choice.missing");
            RuleFor(c => c.Input.Region!.River).NotNull().WithMessage("rounds.cells.wrong");
            RuleFor(c => c.Input.Region!.Cells).Must(cells => cells is { Count: <= 500 } && cells.All(x => x is not null && Has(x.Name) && x.Key is { Length: > 0 and <= 100 }) && cells.DistinctBy(x => x.Key).Count() == cells.Count)
                .WithMessage("rounds.cells.wrong");
        });
    }

    // Who is named must be reachable; that both are named at all is asked at publication.
    void ContactRules(System.Linq.Expressions.Expression<Func<DraftRound.Command, Contact?>> contact, string field)
    {
        RuleFor(contact).Must(c => DraftRound.Form.Clean(c) is null || Has(c!.Name)).WithMessage("rounds.contact.name").Must(c => Fits(c?.Name, 200)).WithMessage("rounds.text.long").OverridePropertyName(field + ".Name[ru]");
        RuleFor(contact).Must(c => DraftRound.Form.Clean(c) is null || c!.Address?.Trim().Length is > 0 and <= 200).WithMessage("rounds.contact.address").OverridePropertyName(field + ".Address");
    }

    void GroupRules()
    {
        RuleFor(c => c.Input.Groups).Cascade(CascadeMode.Stop)
            .Must(g => g is { Count: >= 1 and <= 12 } && g.All(x => x is { Kinds: not null, Name: not null })).WithMessage("rounds.groups.missing")
            .Must(g => g.DistinctBy(x => x.Id).Count() == g.Count).WithMessage("rounds.groups.same")
            .Must(g => g.Any(x => x.Weight > 0)).WithMessage("rounds.groups.weightless")
            .Must(g => g.SelectMany(x => x.Kinds).GroupBy(k => k).All(k => k.Count() == 1)).WithMessage("rounds.groups.kind-twice")
            .Must(g => g.All(x => x.Partner is null || (x.Partner != x.Id && g.Any(y => y.Id == x.Partner)))).WithMessage("rounds.groups.partner")
            // An imported election names its voters itself; elsewhere a group without kinds would stay empty.
            .Must((c, g) => c.Input.Origin == Origins.Import || g.All(x => x.Kinds.Count > 0)).WithMessage("rounds.groups.kinds")
            .DependentRules(() => RuleForEach(c => c.Input.Groups).ChildRules(g =>
            {
                g.RuleFor(x => x.Id).Must(id => id is { Length: > 0 and <= 40 } && !id.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))).WithMessage("rounds.groups.id");
                g.RuleFor(x => x.Name).Must(Has).WithMessage("rounds.groups.name").Must(t => Fits(t, 80)).WithMessage("rounds.text.long").OverridePropertyName("Name[ru]");
                g.RuleFor(x => x.Kinds).Must(k => k.All(OrganisationKinds.All.Contains)).WithMessage("rounds.groups.kinds");
                g.RuleFor(x => x.Weight).InclusiveBetween(0, 1000).WithMessage("rounds.groups.weight");
                g.RuleFor(x => x.Damping).InclusiveBetween(1, 1_000_000_000).WithMessage("rounds.groups.damping");
            }));
    }

    void PhaseRules()
    {
        RuleFor(c => c.Input.Phases).Must(p => p is not null && p.All(x => x is not null) && p.Any(x => x.Kind == PhaseKinds.Voting)).WithMessage("rounds.phases.missing")
            .DependentRules(() => RuleFor(c => c.Input.Phases).Custom((phases, context) =>
            {
                var order = PhaseKinds.InOrder.ToList();
                for (var i = 0; i < phases.Count; i++)
                {
                    var (phase, field) = (phases[i], string.Create(CultureInfo.InvariantCulture, $"Input.Phases[{i}]"));
                    if (!order.Contains(phase.Kind) || (i > 0 && order.IndexOf(phase.Kind) <= order.IndexOf(phases[i - 1].Kind))) context.AddFailure(field + ".Kind", "rounds.phases.order");
                    else if (phase.Ends <= phase.Starts) context.AddFailure(field + ".Ends", "rounds.phases.backwards");
                    else if (i > 0 && phase.Starts < phases[i - 1].Ends) context.AddFailure(field + ".Starts", "rounds.phases.overlap");
                }
            }));
    }

    static bool Has(Text? text) => text?.Values.Any(v => !string.IsNullOrWhiteSpace(v)) == true;

    static bool Fits(Text? text, int length) => text?.Values.All(v => v is null || v.Length <= length) != false;

    static bool IsSlug(string? slug) => slug is not null && Slug().IsMatch(slug);

    static bool IsShare(string? fraction) =>
        fraction is not null && Fraction().Match(fraction) is { Success: true } m
        && int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture) is > 0 and var q && int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture) <= q;

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?\z")]
    private static partial Regex Slug();

    [GeneratedRegex(@"^([0-9]{1,6})/([0-9]{1,6})\z")]
    private static partial Regex Fraction();
}
