using Discovery.Contracts;
using Discovery.Contracts.Moderation;
using Discovery.Contracts.Proposals;
using Discovery.Platform.Messaging;
using Discovery.Proposals.Data;
using Discovery.Site;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Proposals;

/// <summary>Facts about a proposal that several slices tell, in the transaction of the caller.</summary>
internal static class Announcements
{
    /// <summary>Its words for Moderation, as they stand now.</summary>
    /// <param name="waits">They are not shown before somebody decides.</param>
    public static void AnnounceContent(this ProposalsDb db, RoundCopy round, Proposal proposal, bool waits, string why, DateTimeOffset at)
    {
        List<Guid> organisations = [.. proposal.CoAuthors];
        if (proposal.Organisation is { } author) organisations.Insert(0, author);
        db.Announce(new ContentSubmitted(
            proposal.Round, proposal.Id, proposal.Submission, at, ContentKinds.Proposal, proposal.Number, $"/rounds/{Uri.EscapeDataString(round.Slug)}/proposals/{proposal.Number}",
            proposal.Content.Title, BodyOf(proposal.Content), proposal.AuthorPerson, organisations, waits, why));
    }

    public static async Task AnnouncePublicationAsync(this ProposalsDb db, Proposal proposal, CancellationToken ct) =>
        db.Announce(Published(proposal, await db.Organisations.Where(o => o.Id == proposal.Organisation).Select(o => o.Kind).SingleOrDefaultAsync(ct)));

    /// <param name="kind">What the author's organisation is, as far as this service has heard of it.</param>
    public static ProposalPublished Published(Proposal proposal, string? kind) =>
        new(proposal.Round, proposal.Id, proposal.Sequence, proposal.PublishedAt!.Value, proposal.Number,
            proposal.Content.Title, proposal.Content.Sector, proposal.Organisation ?? Guid.Empty, proposal.Content.Municipality, string.IsNullOrEmpty(kind) ? null : kind);

    static Text BodyOf(Content content)
    {
        var body = new Text();
        foreach (var language in content.Title.Keys)
            body[language] = string.Join("\n\n", new[] { content.Summary, content.Today, content.Market, content.Strengths }.Select(t => t.GetValueOrDefault(language, "")).Where(t => t.Length > 0));
        return body;
    }
}
