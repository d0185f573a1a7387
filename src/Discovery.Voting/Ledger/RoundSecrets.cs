using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Discovery.Platform.Persistence;
using Microsoft.Extensions.Configuration;

namespace Discovery.Voting.Ledger;

/// <summary>
/// The secret of each round: outside every database and its backups, in a folder of its own (<c>Secrets</c> in the configuration, shared by all replicas of Voting),
/// destroyed at the seal. After that nobody, the operator included, can compute a voter's ballot key (rules 4).
/// </summary>
internal sealed class RoundSecrets(IConfiguration configuration)
{
    readonly ConcurrentDictionary<Guid, Secret> known = new();

    string Folder
    {
        get
        {
            var folder = Directory.CreateDirectory(configuration["Secrets"] ?? Path.Combine(DatabaseSetup.DataFolder(configuration), "secrets")).FullName;
            if (!OperatingSystem.IsWindows()) System.IO.File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return folder;
        }
    }

    string File(Guid round) => Path.Combine(Folder, round.ToString("N") + ".json");

    /// <summary>Makes the secret and r of a round, once; replicas that race agree on the first file.</summary>
    public Secret Make(Guid round)
    {
        var target = File(round);
        if (!System.IO.File.Exists(target))
        {
            var draft = Path.Combine(Folder, Path.GetRandomFileName());
            using (var stream = new FileStream(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                JsonSerializer.Serialize(stream, new Secret(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32)));
                stream.Flush(flushToDisk: true);
            }
            try { System.IO.File.Move(draft, target, overwrite: false); }
            catch (IOException) when (System.IO.File.Exists(target)) { System.IO.File.Delete(draft); }
        }
        return Of(round);
    }

    /// <exception cref="InvalidOperationException">There is no secret: it was destroyed at the seal, or the folder was not restored.</exception>
    public Secret Of(Guid round) => known.GetOrAdd(round, id => System.IO.File.Exists(File(id))
        ? JsonSerializer.Deserialize<Secret>(System.IO.File.ReadAllBytes(File(id)))!
        : throw new InvalidOperationException($"There is no secret for round {id} in the secret folder."));

    /// <summary>Whether the secret is here: a sealed round has none.</summary>
    public bool Has(Guid round) => known.ContainsKey(round) || System.IO.File.Exists(File(round));

    public void Destroy(Guid round)
    {
        known.TryRemove(round, out _);
        var path = File(round);
        if (!System.IO.File.Exists(path)) return;
        System.IO.File.WriteAllBytes(path, new byte[new FileInfo(path).Length]);
        System.IO.File.Delete(path);
    }

    /// <param name="Key">For HMAC-SHA256.</param>
    /// <param name="R">Revealed at the seal; its SHA-256 stands in the rules since publication.</param>
    internal sealed record Secret(byte[] Key, byte[] R)
    {
        public string Commitment => Canonical.Hex(SHA256.HashData(R));

        public string OrganisationKey(Guid organisation, int seat) => Mac($"org|{organisation:N}|{seat}");

        public string PersonKey(Guid person, string group) => Mac($"person|{person:N}|{group}");

        public string FamilyKey(Guid family) => Mac($"family|{family:N}");

        string Mac(string subject) => Canonical.Hex(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(subject)));
    }
}
