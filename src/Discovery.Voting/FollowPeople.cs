using Discovery.Platform.People;
using Discovery.Voting.Data;

namespace Discovery.Voting;

internal sealed class FollowPeople(VotingDb db, TimeProvider clock) : PeopleFollower(db, clock);
