using Discovery.Platform.People;
using Discovery.Rounds.Data;

namespace Discovery.Rounds;

internal sealed class FollowPeople(RoundsDb db, TimeProvider clock) : PeopleFollower(db, clock);
