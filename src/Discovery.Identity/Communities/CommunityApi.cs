using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Discovery.Identity.Communities;

/// <summary>The table of contents of this folder.</summary>
internal static class CommunityApi
{
    public static void Map(IEndpointRouteBuilder identity)
    {
        var members = identity.MapGroup("/organisations/{id:guid}/members").RequireAuthorization();
        GetMembers.Map(members);
        ListAddresses.Map(members);
        MakeCodes.Map(members);
        DecideRequests.Map(members);
        RemoveMember.Map(members);

        var membership = identity.MapGroup("/organisations/{id:guid}/membership").RequireAuthorization();
        GetMembership.Map(membership);
        JoinByList.Map(membership);
        JoinByCode.Map(membership);
        AskToJoin.Map(membership);
        LeaveCommunity.Map(membership);
    }
}
