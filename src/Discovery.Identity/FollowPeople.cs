using Discovery.Identity.Data;
using Discovery.Platform.People;

namespace Discovery.Identity;

internal sealed class FollowPeople(IdentityDb db, TimeProvider clock) : PeopleFollower(db, clock);
