using Discovery.Proposals.Data;
using Discovery.Proposals.Proposals;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Discovery.Proposals.Attachments;

internal static class TakeFiles
{
    /// <summary>The draft is sent: the files that its evidence names go with the proposal, the draft and all other files of it go away. Files of earlier versions stay, as these do. Saves nothing.</summary>
    /// <exception cref="ValidationException">The evidence names a file that is neither the draft's nor the proposal's.</exception>
    public static async Task TakeFilesAsync(this ProposalsDb db, Proposal proposal, Content content, Guid? draft, Guid person, CancellationToken ct)
    {
        var named = content.Details.Evidence.Select(e => e.File).OfType<Guid>().Distinct().ToList();
        var files = await db.Attachments.Where(a => (draft != null && a.Draft == draft && a.Person == person) || a.Proposal == proposal.Id).ToListAsync(ct);
        if (named.Except(files.Select(f => f.Id)).Any()) throw new ValidationException([new("Input.Details.Evidence", "proposals.evidence.file")]);
        foreach (var file in files)
            if (named.Contains(file.Id)) (file.Draft, file.Proposal) = (null, proposal.Id);
            else if (file.Proposal is null) db.Remove(file);
        if (draft is not null) db.RemoveRange(await db.Drafts.Where(d => d.Id == draft && d.Person == person).ToListAsync(ct));
    }
}
