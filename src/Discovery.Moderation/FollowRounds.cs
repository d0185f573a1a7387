using Discovery.Moderation.Data;
using Discovery.Site;

namespace Discovery.Moderation;

internal sealed class FollowRounds(ModerationDb db) : RoundFollower(db);
