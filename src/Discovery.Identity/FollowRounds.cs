using Discovery.Identity.Data;
using Discovery.Site;

namespace Discovery.Identity;

/// <summary>For the names of regions and their municipalities.</summary>
internal sealed class FollowRounds(IdentityDb db) : RoundFollower(db);
