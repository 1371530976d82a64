using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Verification.Fingerprints;

namespace MigrationGuard.Tests.Verification.Fingerprints;

public sealed class Sha256LanesTests
{
    // The examples of FIPS 180-4 (https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values).
    [Theory]
    [InlineData("", "e3b0c44298fc1c149afbf4c8996fb924")]
    [InlineData("abc", "ba7816bf8f01cfea414140de5dae2223")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039")]
    public void The_examples_of_the_standard_come_out_in_every_lane(string message, string digest)
    {
        var digests = Digests([.. Enumerable.Repeat(Encoding.ASCII.GetBytes(message), Sha256Lanes.Count)]);

        digests.Select(of => of.ToString("x32", CultureInfo.InvariantCulture)).ShouldAllBe(of => of == digest);
    }

    [Fact]
    public void A_message_of_any_length_has_the_digest_that_the_platform_gives_it()
    {
        var bytes = new byte[Sha256Lanes.Longest];
        new Random(20260401).NextBytes(bytes);

        for (var length = 0; length <= bytes.Length; length++)
        {
            // Beside a lane that ends first and one that ends last.
            byte[][] messages = [bytes[..length], [], bytes];
            Digests(messages).ShouldBe(messages.Select(Platforms));
        }
    }

    [Fact]
    public void What_lay_in_a_lane_before_leaves_nothing_behind()
    {
        var lengths = Gen.Choose(0, Sha256Lanes.Longest).ArrayOf().Resize(Sha256Lanes.Count);
        var lanes = new Sha256Lanes();
        var random = new Random(1914);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(lengths.ToArbitrary(), all =>
        {
            var messages = all.Take(Sha256Lanes.Count).Select(length => random.GetItems(Bytes, length)).ToArray();
            return Digests(lanes, messages).SequenceEqual(messages.Select(Platforms));
        }));
    }

    [Fact]
    public void Any_bit_of_a_message_matters_and_so_does_its_length()
    {
        var message = new byte[70];
        var others = Enumerable.Range(0, message.Length * 8).Select(bit =>
        {
            var other = (byte[])message.Clone();
            other[bit / 8] ^= (byte)(1 << (bit % 8));
            return other;
        });

        byte[][] all = [message, [.. message, 0], message[..^1], .. others];

        all.Chunk(Sha256Lanes.Count).SelectMany(Digests).Distinct().Count().ShouldBe(all.Length);
    }

    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    private static UInt128[] Digests(byte[][] messages) => Digests(new Sha256Lanes(), messages);

    private static UInt128[] Digests(Sha256Lanes lanes, byte[][] messages)
    {
        for (var lane = 0; lane < messages.Length; lane++)
            lanes.Put(lane, messages[lane]);
        var digests = new UInt128[Sha256Lanes.Count];
        lanes.Digest(digests);
        return digests[..messages.Length];
    }

    private static UInt128 Platforms(byte[] message) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(message));
}
