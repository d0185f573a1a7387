using System.Globalization;
using Discovery.Voting.Ballots;
using Microsoft.AspNetCore.Http;

namespace Discovery.Voting.Pages.Voting;

/// <summary>The ballot as it lies on the page. It lives in the form from one submit to the next; nothing of it is stored until it is cast.</summary>
internal sealed class Draft
{
    /// <summary>Proposal numbers, best first.</summary>
    public List<int> Order { get; private init; } = [];

    /// <summary>Those that are equal to the one above them.</summary>
    public HashSet<int> Tied { get; private init; } = [];

    /// <summary>How many, from the top, are approved; null for the default of the count.</summary>
    public int? Line { get; private set; }

    /// <summary>Something in the form that is no number at all.</summary>
    public string? Stray { get; private init; }

    public static Draft Of(GetMyBallot.Mine ballot) => new()
    {
        Order = [.. ballot.Tiers.SelectMany(t => t)],
        Tied = [.. ballot.Tiers.SelectMany(t => t.Skip(1))],
        Line = ballot.Approved?.Count,
    };

    public static Draft Read(IFormCollection form)
    {
        var sent = form["order"].Concat(form["tie"]).OfType<string>().ToList();
        var draft = new Draft
        {
            Order = [.. Numbers(form["order"])],
            Tied = [.. Numbers(form["tie"])],
            Line = Number(form["line"]),
            Stray = sent.Find(n => Number(n) is null),
        };
        draft.Place(form);
        return draft;
    }

    public void Move(int number, string where)
    {
        var at = Order.IndexOf(number);
        if (at < 0) return;
        if (where == "out")
        {
            Remove(at);
            return;
        }
        Order.RemoveAt(at);
        Order.Insert(Math.Clamp(where == "up" ? at - 1 : at + 1, 0, Order.Count), number);
    }

    /// <summary>Leaves only what may stand on the ballot, each once.</summary>
    public void Keep(Func<int, bool> may)
    {
        var seen = new HashSet<int>();
        for (var i = 0; i < Order.Count;)
        {
            if (may(Order[i]) && seen.Add(Order[i])) i++;
            else Remove(i);
        }
    }

    // Whoever was equal to the one that goes is not equal to the one above it, and the line stays between the same two.
    void Remove(int at)
    {
        if (at + 1 < Order.Count && !(at > 0 && Tied.Contains(Order[at]))) Tied.Remove(Order[at + 1]);
        if (at < Line) Line--;
        Order.RemoveAt(at);
    }

    public bool IsTied(int number) => Tied.Contains(number) && Order.IndexOf(number) > 0;

    public CastBallot.Form ToForm(Guid? subject, bool approval)
    {
        if (approval) return new(subject, Order.Count == 0 ? [] : [Order], null);
        var tiers = new List<List<int>>();
        foreach (var number in Order)
        {
            if (tiers.Count > 0 && Tied.Contains(number)) tiers[^1].Add(number);
            else tiers.Add([number]);
        }
        return new(subject, tiers, Line is { } line ? [.. Order.Where((n, i) => i < line || (i > 0 && Reaches(i, line)))] : null);
    }

    // Who is equal to an approved one is approved too.
    bool Reaches(int index, int line)
    {
        while (index >= line && Tied.Contains(Order[index])) index--;
        return index < line;
    }

    // Whoever chose places and then pressed another button meant both.
    void Place(IFormCollection form)
    {
        var moved = Order.Select((n, i) => (Number: n, Was: i + 1, Now: Number(form["pos" + n.ToString(CultureInfo.InvariantCulture)]) ?? i + 1)).Where(m => m.Now != m.Was).OrderBy(m => m.Now).ToList();
        foreach (var one in moved) Order.Remove(one.Number);
        foreach (var one in moved) Order.Insert(Math.Clamp(one.Now - 1, 0, Order.Count), one.Number);
    }

    static IEnumerable<int> Numbers(IEnumerable<string?> texts) => texts.Select(Number).OfType<int>();

    static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
}
