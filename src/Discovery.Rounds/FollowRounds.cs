using Discovery.Rounds.Data;
using Discovery.Site;

namespace Discovery.Rounds;

/// <summary>The owner keeps the same copy as everybody, so that its pages stand in the same shell. It is changed together with the round itself; the bus only repeats it.</summary>
internal sealed class FollowRounds(RoundsDb db) : RoundFollower(db);
