using Discovery.Platform;
using Discovery.Site;

namespace Discovery.Moderation.Participants;

/// <summary>Who moderates: moderators of the region, and its officials.</summary>
internal static class Office
{
    public static bool MayModerate(this CurrentUser user, RoundCopy round) =>
        !user.IsMachine && (user.Is(Roles.Moderator, round.Region.Slug) || user.Is(Roles.Official, round.Region.Slug));

    public static void MustModerate(this CurrentUser user, RoundCopy round)
    {
        if (!user.MayModerate(round)) throw new RuleBroken("denied.moderator") { Status = 403 };
    }
}
