using Discovery.Aggregation.Data;
using Discovery.Platform.People;

namespace Discovery.Aggregation;

internal sealed class FollowPeople(AggregationDb db, TimeProvider clock) : PeopleFollower(db, clock);
