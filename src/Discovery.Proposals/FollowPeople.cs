using Discovery.Platform.People;
using Discovery.Proposals.Data;

namespace Discovery.Proposals;

internal sealed class FollowPeople(ProposalsDb db, TimeProvider clock) : PeopleFollower(db, clock);
