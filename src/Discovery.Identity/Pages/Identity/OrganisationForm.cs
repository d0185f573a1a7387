using Discovery.Contracts.Identity;
using Discovery.Contracts.Rounds;
using Discovery.Identity.Organisations;
using Discovery.Site;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace Discovery.Identity;

/// <summary>What the fields of an organisation need, on the page that registers one and on the page that changes one.</summary>
internal interface IOrganisationForm
{
    RegisterOrganisation.Form Input { get; }
    List<SelectListItem> Kinds { get; }
    List<SelectListItem> Sizes { get; }
    List<SelectListItem> Municipalities { get; }
}

/// <summary>Choices as select boxes and radio buttons show them.</summary>
internal static class Choices
{
    public static List<SelectListItem> Kinds(Words<Texts> text) => [.. OrganisationKinds.All.Select(k => new SelectListItem(text["kind." + k], k))];

    public static List<SelectListItem> Sizes(Words<Texts> text) =>
        [new(text["identity.organisation.municipality.none"], ""), .. OrganisationSizes.All.Select(s => new SelectListItem(text["identity.organisation.size." + s], s))];

    /// <summary>In the order of their names; empty where no region is known.</summary>
    public static List<SelectListItem> Municipalities(Words<Texts> text, IReadOnlyList<Region> regions)
    {
        List<SelectListItem> all = [.. regions.SelectMany(r => r.Cells.Select(c => new SelectListItem(regions.Count > 1 ? $"{c.Name.Here()} ({r.Name.Here()})" : c.Name.Here(), c.Key))).OrderBy(i => i.Text, StringComparer.CurrentCulture)];
        if (all.Count > 0) all.Insert(0, new(text["identity.organisation.municipality.none"], ""));
        return all;
    }

    /// <summary>With what each may do as the small print.</summary>
    public static List<SelectListItem> Roles(Words<Texts> text) =>
        [.. MandateRoles.All.Select(r => new SelectListItem(text["identity.mandate-role." + r], r) { Group = new() { Name = text[$"identity.mandate-role.{r}.note"] } })];
}
