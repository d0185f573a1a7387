using Discovery.Platform;
using Discovery.Site;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace Discovery.Aggregation.Pages.Aggregation;

[SharedPage]
internal sealed class NumbersModel(IMediator mediator, CurrentUser user) : CountPage(mediator, user)
{
    const int PerPage = 40;

    [FromQuery(Name = "p")]
    public int Number { get; set; } = 1;

    public int Pages => Math.Max(1, (Outside.Count + PerPage - 1) / PerPage);
    public IEnumerable<int> Shown => Outside.Skip((Number - 1) * PerPage).Take(PerPage);

    public async Task<IActionResult> OnGet(CancellationToken ct)
    {
        var page = await ShowAsync(ct);
        if (View.Final is not null) Number = Math.Clamp(Number, 1, Pages);
        return page;
    }
}
