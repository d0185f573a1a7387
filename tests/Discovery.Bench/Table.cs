namespace Discovery.Bench;

/// <summary>A Markdown table: what, the figure, the yardstick of the same run, their ratio, what it must reach.</summary>
internal sealed class Table(string title, params string[] columns)
{
    readonly List<string[]> rows = [];

    public string? Note { get; set; }

    public void Add(params string[] cells) => rows.Add(cells);

    public override string ToString()
    {
        var widths = columns.Select((c, i) => rows.Select(r => r[i].Length).Append(c.Length).Max()).ToArray();
        string Line(string[] cells) => "| " + string.Join(" | ", cells.Select((c, i) => c.PadRight(widths[i]))) + " |";
        return string.Join('\n', [$"### {title}", "", Line(columns), "|" + string.Join('|', widths.Select(w => new string('-', w + 2))) + "|", .. rows.Select(Line), .. Note is null ? Array.Empty<string>() : ["", Note]]);
    }
}
