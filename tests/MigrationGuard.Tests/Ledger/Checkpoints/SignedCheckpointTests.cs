using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MigrationGuard.Ledger.Checkpoints;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Tests.Ledger.Checkpoints;

/// <summary>Checkpoints are signed notes that stock tools verify, and nothing that was not signed passes for one.</summary>
public sealed class SignedCheckpointTests : IDisposable
{
    private static readonly Checkpoint Sample = new("migrationguard/0123456789abcdef", 4711, new string('5', 64));

    private readonly X509Certificate2 _curve = TestSigner.Curve();
    private readonly X509Certificate2 _rsa = TestSigner.Rsa();

    public void Dispose()
    {
        _curve.Dispose();
        _rsa.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_signed_checkpoint_is_read_back_and_is_its_signers(bool curve)
    {
        using var signer = (curve ? _curve : _rsa).Public();
        using var other = (curve ? _rsa : _curve).Public();
        using var stranger = curve ? TestSigner.Curve() : TestSigner.Rsa();
        var note = SignedCheckpoint.Parse(SignedCheckpoint.Sign(Sample, curve ? _curve : _rsa).Text);
        note.Checkpoint.ShouldBe(Sample);
        note.IsSignedBy(signer).ShouldBeTrue();
        note.IsSignedBy(other).ShouldBeFalse();
        note.IsSignedBy(stranger).ShouldBeFalse();
    }

    [Fact]
    public void A_checkpoint_reads_as_a_signed_note_does()
    {
        var lines = SignedCheckpoint.Sign(Sample, _curve).Text.Split('\n');
        lines[..4].ShouldBe(["migrationguard/0123456789abcdef", "4711", "VVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=", ""]);
        lines[4].ShouldStartWith("— migrationguard/0123456789abcdef ");
        lines[5..].ShouldBe([""]);
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Openssl_verifies_the_signature_and_refuses_it_for_another_text(bool curve)
    {
        var signer = curve ? _curve : _rsa;
        var note = SignedCheckpoint.Sign(Sample, signer);
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.At("key.pem"), PemEncoding.WriteString("PUBLIC KEY", signer.PublicKey.ExportSubjectPublicKeyInfo()));
        await File.WriteAllBytesAsync(folder.At("signature"), note.Signatures[0].Signature);
        await File.WriteAllTextAsync(folder.At("text"), note.Text[..(note.Text.IndexOf("\n\n", StringComparison.Ordinal) + 1)]);
        await File.WriteAllTextAsync(folder.At("other"), (Sample with { Size = 4712 }).Text);
        (await OpensslAsync(folder.Path, "text")).ShouldContain("Verified OK");
        (await OpensslAsync(folder.Path, "other")).ShouldNotContain("Verified OK");
    }

    [Fact]
    public void No_bit_of_a_checkpoint_can_be_changed()
    {
        using var signer = _curve.Public();
        var text = SignedCheckpoint.Sign(Sample, _curve).Text;
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            IsSigned(Encoding.UTF8.GetString(changed), signer).ShouldBeFalse($"bit {bit}");
        }
        IsSigned(text, signer).ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("migrationguard/0123456789abcdef\n4711\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n")]
    [InlineData("migrationguard/0123456789abcdef\n4711\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n\n")]
    [InlineData("migrationguard/0123456789abcdef\n4711\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n\n— x AAAAAAA=")]
    [InlineData("migrationguard/0123456789abcdef\n4711\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVV=\n\n— x AAAAAAA=\n")]
    [InlineData("migrationguard/0123456789abcdef\n04711\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n\n— x AAAAAAA=\n")]
    [InlineData("migrationguard/0123456789abcdef\n-1\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n\n— x AAAAAAA=\n")]
    [InlineData("migrationguard/0123456789abcdef\n0\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n\n— x AAAAAAA=\n")]
    [InlineData("migrationguard/0123456789abcdef\n4711\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\nmore\n\n— x AAAAAAA=\n")]
    [InlineData("migrationguard/0123456789abcdef\r\n4711\r\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\r\n\r\n— x AAAAAAA=\r\n")]
    [InlineData("elsewhere/0123456789abcdef\n4711\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n\n— x AAAAAAA=\n")]
    [InlineData("migrationguard/0123456789abcdef\n4711\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n\n— x y AAAAAAA=\n")]
    [InlineData("migrationguard/0123456789abcdef\n4711\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n\n— x+y AAAAAAA=\n")]
    [InlineData("migrationguard/0123456789abcdef\n4711\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n\n— x AAAA\n")]
    [InlineData("migrationguard/0123456789abcdef\n4711\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n\n- x AAAAAAA=\n")]
    public void What_is_not_a_checkpoint_to_the_last_byte_is_refused(string text) => Should.Throw<FormatException>(() => SignedCheckpoint.Parse(text));

    [Fact]
    public void The_same_text_without_a_fault_is_read() =>
        SignedCheckpoint.Parse("migrationguard/0123456789abcdef\n4711\nVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVVU=\n\n— x AAAAAAA=\n").Checkpoint.ShouldBe(Sample);

    [Theory]
    [InlineData("", "\n")]
    [InlineData("    ", "\r\n")]
    [InlineData("> ", "\n")]
    public void A_checkpoint_is_found_in_a_mail_that_was_saved(string indentation, string lineEnd)
    {
        var note = SignedCheckpoint.Sign(Sample, _curve);
        var mail = $"Subject: Checkpoint\n\nPlease keep this.\n\n{string.Concat(note.Text.TrimEnd('\n').Split('\n').Select(line => indentation + line + "\n"))}\nWhy: because.\n";
        SignedCheckpoint.Find(mail.ReplaceLineEndings(lineEnd)).Text.ShouldBe(note.Text);
        var part = Convert.ToBase64String(Encoding.UTF8.GetBytes(mail), Base64FormattingOptions.InsertLineBreaks);
        var wire = $"Subject: Checkpoint\r\n\r\n--part\r\nContent-Transfer-Encoding: base64\r\n\r\n{part}\r\n--part\r\nContent-Transfer-Encoding: base64\r\n\r\nPGh0bWw+\r\n--part--\r\n";
        SignedCheckpoint.Find(wire).Text.ShouldBe(note.Text);
        Should.Throw<FormatException>(() => SignedCheckpoint.Find("Dear all,\n\nnothing here.\n"));
        Should.Throw<FormatException>(() => SignedCheckpoint.Find(mail.Replace("\u2014", "-", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_certificate_without_its_private_key_signs_nothing()
    {
        using var withoutKey = _curve.Public();
        Should.Throw<LedgerException>(() => SignedCheckpoint.Sign(Sample, withoutKey)).Message.ShouldContain("private key");
    }

    [Fact]
    public void A_proof_and_its_checkpoint_are_one_text_that_is_read_back()
    {
        var pass = new MerklePass([3], []);
        var lines = Enumerable.Range(0, 7).Select(i => $"line {i}").ToList();
        lines.ForEach(line => pass.Add(Encoding.UTF8.GetBytes(line)));
        var checkpoint = SignedCheckpoint.Sign(Sample with { Size = 7, Root = pass.Root }, _curve);
        var text = pass.Proofs()[3].Write(checkpoint);
        text.ShouldStartWith("c2sp.org/tlog-proof@v1\nindex 3\n");
        var (proof, read) = InclusionProof.Read(text);
        read.Text.ShouldBe(checkpoint.Text);
        proof.Proves("line 3", read.Checkpoint).ShouldBeTrue();
        proof.Proves("line 4", read.Checkpoint).ShouldBeFalse();
        proof.Proves("line 3", read.Checkpoint with { Size = 8 }).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => proof.Write(SignedCheckpoint.Sign(Sample, _curve)));
        foreach (var fault in new[] { text.Replace("index 3", "index 03", StringComparison.Ordinal), text.Replace("index 3", "index 7", StringComparison.Ordinal), text[1..], text.Replace("=\n", "\n", StringComparison.Ordinal), text.TrimEnd() })
            Should.Throw<FormatException>(() => InclusionProof.Read(fault));
    }

    private static bool IsSigned(string text, X509Certificate2 signer)
    {
        try
        {
            return SignedCheckpoint.Parse(text).IsSignedBy(signer);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static async Task<string> OpensslAsync(string folder, string text)
    {
        Skip.IfNot(StockTool.IsThere("openssl"), "openssl is not installed.");
        return (await StockTool.RunAsync(folder, "openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "signature", text)).Output;
    }
}
