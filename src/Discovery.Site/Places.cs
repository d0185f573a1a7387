namespace Discovery.Site;

/// <summary>
/// The addresses that pages link to, in the language of the page. A link to a page of another process cannot be made by routing,
/// so each is a function here; System.Tests checks every one against the real endpoints.
/// </summary>
public static class Places
{
    public static string Home => To("");
    public static string Rounds => To("/rounds");
    public static string NewRound => To("/rounds/new");
    public static string Round(string round) => Of(round, "");
    public static string RunRound(string round) => Of(round, "/run");
    public static string Ready(string round) => Of(round, "/run/ready");
    public static string EditCharter(string round, string part) => Of(round, "/run/charter/" + part);
    public static string AmendCharter(string round) => Of(round, "/run/amend");
    public static string PauseRound(string round) => Of(round, "/run/pause");
    public static string Wheel(string round) => Of(round, "/wheel");
    public static string RunWheel(string round) => Of(round, "/run/wheel");
    public static string Feed => To("/feed");
    public static string RoundFeed(string round) => Of(round, "/feed");
    public static string RoundCalendar(string round) => Of(round, "/calendar.ics");

    public static string Proposals(string round) => Of(round, "/proposals");
    public static string Proposal(string round, int number) => Of(round, $"/proposals/{number}");
    public static string Versions(string round, int number) => Of(round, $"/proposals/{number}/versions");
    public static string EditProposal(string round, int number) => Of(round, $"/proposals/{number}/edit");
    public static string Amendments(string round, int number) => Of(round, $"/proposals/{number}/amendments");
    public static string Amend(string round, int number) => Of(round, $"/proposals/{number}/amendments/new");
    public static string CoAuthors(string round, int number) => Of(round, $"/proposals/{number}/co-authors");
    public static string NewMerge(string round) => Of(round, "/proposals/merges/new");
    public static string Merge(string round, Guid merge) => Of(round, $"/proposals/merges/{merge}");
    public static string WithdrawProposal(string round, int number) => Of(round, $"/proposals/{number}/withdraw");
    public static string Propose(string round) => Of(round, "/proposals/new");
    public static string ProposalsQueue(string round) => Of(round, "/proposals/desk/waiting");
    public static string BallotList(string round) => Of(round, "/proposals/list");
    public static string ProposalsImport(string round) => Of(round, "/proposals/import");
    public static string ImportedFile(string round, Guid batch) => Of(round, $"/proposals/import/{batch}");
    public static string PeerCatalogue(string round) => Of(round, "/proposals/catalogue");
    public static string ProposalsFeed(string round) => Of(round, "/proposals/feed");
    public static string LatestProposals(string round) => Of(round, "/proposals/latest");
    public static string Annex(string round, int number) => Of(round, $"/proposals/{number}/annex");
    public static string Reviews(string round) => Of(round, "/proposals/reviews");

    public static string Moderation(string round) => Of(round, "/moderation");
    public static string ModerationQueue(string round) => Of(round, "/moderation/waiting");
    public static string ModerationCase(string round, Guid item) => Of(round, $"/moderation?case={item}");
    public static string ModerateSeveral(string round) => Of(round, "/moderation/several");
    public static string ModerationDecision(string round, Guid content) => Of(round, $"/moderation/decisions/{content}");
    public static string ReportContent(string round, Guid content) => Of(round, $"/moderation/report/{content}");
    public static string ModerationLog(string round) => Of(round, "/moderation/log");
    public static string Interests(string round) => Of(round, "/moderation/interests");

    public static string Ballot(string round) => Of(round, "/ballot");
    public static string Receipt(string round) => Of(round, "/ballot/receipt");
    public static string VotingDesk(string round) => Of(round, "/ballot/desk");
    public static string VotingQueue(string round) => Of(round, "/ballot/desk/waiting");
    public static string Turnout(string round) => Of(round, "/ballot/desk/turnout");

    public static string Results(string round) => Of(round, "/results");
    public static string ResultsQueue(string round) => Of(round, "/results/waiting");
    public static string Numbers(string round) => Of(round, "/results/numbers");
    public static string Compared(string round) => Of(round, "/results/compared");
    public static string Pairs(string round, int number) => Of(round, $"/results/{number}/pairs");
    public static string Place(string round, int number) => Of(round, $"/results/{number}");

    public static string SignIn => To("/sign-in");
    public static string SignInCode => To("/sign-in/code");
    public static string SignInPassword => To("/sign-in/password");
    public static string SignInSecond => To("/sign-in/second");
    public static string SignInPasskey => To("/sign-in/passkey");
    public static string SignInForeign => To("/sign-in/foreign");
    public static string SignUp => To("/sign-up");
    public static string SignOut => To("/sign-out");
    public static string Mail => To("/mail");
    public static string Account => To("/account");
    public static string Profile => To("/account/profile");
    public static string Address => To("/account/address");
    public static string Security => To("/account/security");
    public static string AuthenticatorApp => To("/account/security/app");
    public static string Password => To("/account/password");
    public static string Sessions => To("/account/sessions");
    public static string Organisations => To("/organisations");
    public static string OrganisationsQueue(string round) => Of(round, "/organisations/waiting");
    public static string Participation(string round) => Of(round, "/organisations/participation");
    public static string FindOrganisation => To("/organisations/register");
    public static string NewOrganisation => To("/organisations/new");
    public static string Organisation(Guid organisation) => To($"/organisations/{organisation}");
    public static string EditOrganisation(Guid organisation) => To($"/organisations/{organisation}/edit");
    public static string ClaimMandate(Guid organisation) => To($"/organisations/{organisation}/claim");
    public static string Dispute(Guid organisation) => To($"/organisations/{organisation}/dispute");
    public static string Claims => To("/organisations/claims");
    public static string Claim(Guid claim) => To($"/organisations/claims/{claim}");
    public static string Invitation(string token) => To($"/organisations/invitations/{token}");
    public static string Tokens => To("/account/tokens");
    public static string ActFor => To("/account/act-for");
    public static string Members(Guid community) => To($"/organisations/{community}/members");
    public static string Join(Guid community) => To($"/organisations/{community}/join");
    public static string MyData => To("/account/data");
    public static string EraseAccount => To("/account/data/erase");
    public static string AccountErased => To("/account/erased");
    public static string People => To("/people");
    public static string NewPerson => To("/people/new");
    public static string Audit => To("/people/audit");

    public static string Subscribe(string? region = null) => To("/subscribe") + (region is null ? "" : "?region=" + Uri.EscapeDataString(region));
    public static string SubscribeCode => To("/subscribe/code");
    public static string Subscribed => To("/subscribe/done");
    public static string Unsubscribe(string token) => To($"/unsubscribe/{token}");

    public static string AboutCount => To("/about/count");
    public static string AboutPrivacy => To("/about/privacy");

    private static string Of(string round, string path) => To($"/rounds/{Uri.EscapeDataString(round)}{path}");

    private static string To(string path) => $"/{Lang.Current}{path}";
}
