using Discovery.Proposals.Data;
using Discovery.Site;

namespace Discovery.Proposals.Rounds;

internal sealed class FollowRounds(ProposalsDb db) : RoundFollower(db);
