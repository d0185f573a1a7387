using Discovery.Contracts.Moderation;
using Discovery.Moderation.Data;
using Discovery.Moderation.Hints;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Cases;

/// <summary>Takes over what any service has let people write, looks for hints, and puts into the queue what waits.</summary>
internal sealed class FollowContent(ModerationDb db) : IConsumer<ContentSubmitted>
{
    public async Task Consume(ConsumeContext<ContentSubmitted> context)
    {
        var (fact, ct) = (context.Message, context.CancellationToken);
        var content = await db.Contents.FindAsync([fact.Content], ct);
        if (content is null) db.Add(content = new() { Id = fact.Content, Round = fact.Round, Kind = fact.Kind });
        if (!content.Take(fact)) return;
        db.Add(new Wording { Content = content.Id, Sequence = fact.Sequence, At = fact.At, Title = fact.Title, Body = fact.Body });

        var item = await db.Cases.FindAsync([content.Id], ct);
        if (content.IsGone)
        {
            await foreach (var open in db.Cases.Where(c => c.Content == content.Id && c.ClosedAt == null).AsAsyncEnumerable()) open.Close(fact.At);
            return;
        }
        content.Hints = [.. HintFinder.Find(content.Title, content.Body), .. await DuplicatesAsync(content, ct)];
        if (!fact.Waits && content.Hints.Count == 0) return;
        var why = !fact.Waits ? Case.Hinted : fact.Why == ContentSubmitted.Reasons.Edited ? Case.Edited : Case.New;
        if (item is null) db.Add(new Case { Id = content.Id, Round = content.Round, Content = content.Id, Why = why, OpenedAt = fact.At });
        else item.Open(why, fact.At);
    }

    async Task<IReadOnlyList<Hint>> DuplicatesAsync(Content content, CancellationToken ct)
    {
        await db.Sketches.Where(s => s.Content == content.Id).ExecuteDeleteAsync(ct);
        var found = new List<Hint>();
        foreach (var (language, text) in content.Body)
        {
            var sketch = Sketch.Of($"{content.Title.GetValueOrDefault(language)} {text}");
            if (sketch.Count == 0) continue;
            var same = await db.Sketches.Where(s => s.Round == content.Round && s.Content != content.Id && sketch.Contains(s.Hash))
                .GroupBy(s => s.Content).Select(g => new { Content = g.Key, Shared = g.Select(s => s.Hash).Distinct().Count() })
                .OrderByDescending(g => g.Shared).Take(1).ToListAsync(ct);
            if (same is [{ } best] && best.Shared * 2 >= sketch.Count && !found.Exists(f => f.Other == best.Content))
                found.Add(new(Hint.Duplicate, null, best.Content));
            db.AddRange(sketch.Select(hash => new SketchRow { Content = content.Id, Language = language, Hash = hash, Round = content.Round }));
        }
        return found;
    }
}
