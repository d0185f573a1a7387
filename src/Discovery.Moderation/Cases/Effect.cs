using Discovery.Contracts.Moderation;
using Discovery.Moderation.Data;
using Discovery.Moderation.Log;
using Discovery.Platform.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Moderation.Cases;

/// <summary>A decision becomes true: told to all, written into the log, the case closed.</summary>
internal static class Effect
{
    /// <summary>In the transaction of the caller, who saves.</summary>
    public static async Task TakeEffectAsync(this ModerationDb db, Case item, Content content, Decision decision, DateTimeOffset now, CancellationToken ct)
    {
        bool? shown = decision.What switch { Decisions.Publish or Decisions.SuggestMerge or Decision.Grant => true, Decision.Refuse => null, _ => false };
        decision.Sequence = content.Decided(shown);
        item.Close(now);
        if (item.IsAppeal)
        {
            var appeal = await db.Appeals.SingleAsync(a => a.Id == item.Id, ct);
            (appeal.AnsweredAt, appeal.Granted, appeal.Answer) = (now, decision.What == Decision.Grant, decision.Text);
            db.Announce(new AppealDecided(content.Round, content.Id, decision.Sequence.Value, now, content.Kind, appeal.Granted.Value, decision.Text, decision.Moderator));
        }
        else
        {
            foreach (var report in await db.Reports.Where(r => r.Content == content.Id && r.ClosedAt == null).ToListAsync(ct)) report.ClosedAt = now;
            db.Announce(new ModerationDecided(content.Round, content.Id, decision.Sequence.Value, now, content.Kind, decision.Of, decision.What, decision.Reason, decision.Text, decision.Moderator, decision.Other));
        }
        await db.LogAsync(content, decision.What, decision.Moderator, now, ct, item.IsAppeal ? null : decision.Reason, decision.Other);
    }
}
