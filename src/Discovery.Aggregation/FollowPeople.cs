using Discovery.Platform.People;
using Discovery.Aggregation.Data;

namespace Discovery.Aggregation;

internal sealed class FollowPeople(AggregationDb db, TimeProvider clock) : PeopleFollower(db, clock);
