using Discovery.Aggregation;
using Discovery.Identity;
using Discovery.Moderation;
using Discovery.Platform;
using Discovery.Proposals;
using Discovery.Rounds;
using Discovery.Voting;

namespace Discovery.Host;

internal static class Modules
{
    /// <summary>Every service there is. Which of them run here is decided by the arguments of <c>serve</c>.</summary>
    public static readonly IReadOnlyList<IModule> All =
        [new IdentityModule(), new RoundsModule(), new ProposalsModule(), new ModerationModule(), new VotingModule(), new AggregationModule()];
}
