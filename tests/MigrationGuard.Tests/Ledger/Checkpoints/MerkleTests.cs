using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Tests.Ledger.Checkpoints;

/// <summary>The tree over the chain's lines is RFC 6962's, and proofs hold for what they were made of and for nothing else.</summary>
public sealed class MerkleTests
{
    // The leaves and roots that implementations of Certificate Transparency are tested with.
    private static readonly byte[][] KnownLeaves =
        [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    [Theory]
    [InlineData(0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData(1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    [InlineData(2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77")]
    [InlineData(4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4")]
    [InlineData(6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef")]
    [InlineData(7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c")]
    [InlineData(8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328")]
    public void The_roots_of_known_trees_are_the_known_ones(int leaves, string root) => Pass(KnownLeaves[..leaves]).Root.ShouldBe(root);

    [Fact]
    public void Roots_at_every_size_and_proofs_of_every_leaf_are_those_of_the_definition() => Prop.ForAll(Trees, leaves =>
    {
        var pass = Pass(leaves);
        pass.Root.ShouldBe(Hex(NaiveMerkle.Root(leaves)));
        for (var size = 1; size <= leaves.Length; size++)
            pass.RootsAt[size].ShouldBe(Hex(NaiveMerkle.Root(leaves[..size])));
        var proofs = pass.Proofs();
        proofs.Count.ShouldBe(leaves.Length);
        for (var leaf = 0; leaf < leaves.Length; leaf++)
        {
            proofs[leaf].Hashes.Select(Hex).ShouldBe(NaiveMerkle.Path(leaf, leaves).Select(Hex));
            proofs[leaf].RootFrom(leaves[leaf]).ShouldBe(pass.Root);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_proof_of_another_leaf_place_size_or_path_does_not_hold() => Prop.ForAll(Trees, Trees, (leaves, others) =>
    {
        if (leaves.Length == 0)
            return;
        var pass = Pass(leaves);
        var seed = others.Length;
        var index = seed % leaves.Length;
        var (proof, leaf) = (pass.Proofs()[index], leaves[index]);
        proof.RootFrom([.. leaf, 0]).ShouldNotBe(pass.Root);
        (proof with { Size = leaves.Length + 1 }).RootFrom(leaf).ShouldSatisfyAllConditions(root => (root == pass.Root && WouldBeSame(index, leaves.Length)).ShouldBe(root == pass.Root));
        (proof with { Index = leaves.Length }).RootFrom(leaf).ShouldBeNull();
        (proof with { Index = -1 }).RootFrom(leaf).ShouldBeNull();
        (proof with { Hashes = [.. proof.Hashes, new byte[32]] }).RootFrom(leaf).ShouldNotBe(pass.Root);
        (proof with { Hashes = [.. proof.Hashes, new byte[31]] }).RootFrom(leaf).ShouldBeNull();
        for (var i = 0; i < proof.Hashes.Count; i++)
        {
            (proof with { Hashes = [.. proof.Hashes.Where((_, at) => at != i)] }).RootFrom(leaf).ShouldNotBe(pass.Root);
            var flipped = proof.Hashes.Select(hash => hash.ToArray()).ToList();
            flipped[i][seed % 32] ^= (byte)(1 << (seed % 8));
            (proof with { Hashes = flipped }).RootFrom(leaf).ShouldNotBe(pass.Root);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Asking_for_the_root_or_for_proofs_in_between_changes_nothing()
    {
        var pass = new MerklePass([0, 2, 5], []);
        for (var i = 0; i < KnownLeaves.Length; i++)
        {
            pass.Add(KnownLeaves[i]);
            pass.Root.ShouldBe(Hex(NaiveMerkle.Root(KnownLeaves[..(i + 1)])));
            foreach (var (leaf, proof) in pass.Proofs())
                proof.RootFrom(KnownLeaves[leaf]).ShouldBe(pass.Root);
        }
        pass.Proofs().Keys.Order().ShouldBe([0L, 2, 5]);
    }

    // The same way up leads out of a tree of another size where the leaf's part of both is shaped alike; then the checkpoint's size tells them apart.
    private static bool WouldBeSame(int index, int size) =>
        NaiveMerkle.Path(index, Blank(size)).Count == NaiveMerkle.Path(index, Blank(size + 1)).Count;

    private static byte[][] Blank(int count) => [.. Enumerable.Range(0, count).Select(_ => Array.Empty<byte>())];

    private static Arbitrary<byte[][]> Trees =>
        Gen.Choose(0, 70).SelectMany(count => Gen.ArrayOf(Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value)), count)).ToArbitrary();

    private static MerklePass Pass(byte[][] leaves)
    {
        var pass = new MerklePass(Enumerable.Range(0, leaves.Length).Select(leaf => (long)leaf), Enumerable.Range(1, leaves.Length).Select(size => (long)size));
        foreach (var leaf in leaves)
            pass.Add(leaf);
        return pass;
    }

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);
}
