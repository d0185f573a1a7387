using System.Text;

namespace Discovery.Ranking.Tests;

public sealed class AuditTests
{
    private static readonly byte[][] Ballots = [.. new[] { "ballot-1", "ballot-2", "ballot-3" }.Select(Encoding.UTF8.GetBytes)];

    [Fact]
    public void The_chain_gives_the_published_vector() => Assert.Equal(
        "e1a8b612077eb4f07253500a5deb3c52ebc5f4e1ee25fcd0542e9acffe2ae201",
        Convert.ToHexStringLower(Ballots.Aggregate(Audit.ChainStart, (h, entry) => Audit.Chain(h, entry))));

    [Fact]
    public void The_tree_gives_the_published_vectors()
    {
        Assert.Equal("073e522888c85974707bec2ed947337775838d0023b45a358be9a032b8ea8e11", Convert.ToHexStringLower(Audit.MerkleRoot(Ballots)));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Convert.ToHexStringLower(Audit.MerkleRoot([])));
    }

    [Fact]
    public void Every_leaf_of_every_small_tree_has_a_path_that_proves_it_and_nothing_else()
    {
        for (var size = 1; size <= 40; size++)
        {
            var leaves = Enumerable.Range(0, size).Select(i => Encoding.UTF8.GetBytes($"leaf {i}")).ToArray();
            var root = Audit.MerkleRoot(leaves);
            for (var i = 0; i < size; i++)
            {
                var path = Audit.AuditPath(leaves, i);
                Assert.True(Audit.Verify(leaves[i], i, size, path, root), $"{i} of {size}");
                Assert.False(Audit.Verify("another"u8, i, size, path, root));
                Assert.False(Audit.Verify(leaves[i], i, size, [.. path, root], root));
                Assert.False(Audit.Verify(leaves[i], size, size, path, root));
                if (size > 1) Assert.False(Audit.Verify(leaves[i], (i + 1) % size, size, path, root));
            }
        }
    }

    [Fact]
    public void A_leaf_hides_the_ballot_behind_its_salt() =>
        Assert.NotEqual(Audit.Leaf(new byte[16], Ballots[0]), Audit.Leaf([.. Enumerable.Repeat((byte)1, 16)], Ballots[0]));
}
