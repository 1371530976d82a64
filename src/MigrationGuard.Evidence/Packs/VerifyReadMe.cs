using System.Globalization;
using System.Text;
using MigrationGuard.Evidence.Seals;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Evidence.Packs;

/// <summary><c>README-VERIFY.txt</c>: how somebody with stock tools, and no reason to trust anybody, verifies a pack.</summary>
internal static class VerifyReadMe
{
    private const string NoStamp = """
        No time-stamping authority was configured, so that the time of signing is the signer's word and nothing here proves it. Should
           signatures/tagmanifest-sha512.txt.p7s.tsr be there all the same, it was added later, and is an RFC 3161 response for the signature.
        """;

    /// <param name="authority">Where stamps are asked for; null for nowhere.</param>
    /// <param name="isPayload">Whether a path is in the pack's payload.</param>
    public static string Text(PackRequest request, SigningCertificate signer, DateTimeOffset signedAt, string? authority, Func<string, bool> isPayload)
    {
        var text = new StringBuilder(Template("README-VERIFY.txt"));
        text.Replace("{AUDIT}", isPayload(PackLayout.Segment) ? Template("README-VERIFY-audit.txt") + (isPayload(PackLayout.Checkpoint) ? Template("README-VERIFY-checkpoint.txt") : "") : "");
        text.Replace("{RESULTS}", isPayload(PackLayout.Segment) ? Template("README-VERIFY-results.txt") : "");
        text.Replace("{CHAIN-SCRIPT}", Indented(ChainScript));
        text.Replace("{DEVELOPMENT}", signer.IsDevelopment
            ? "\nTHE SIGNER IS A DEVELOPMENT CERTIFICATE that this program made for itself. It proves nobody: anybody can make one like it.\n"
            : "");
        text.Replace("{PURPOSE}", signer.NeedsPurposeAny ? "-purpose any " : "");
        text.Replace("{EPOCH}", signedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        text.Replace("{STAMP}", authority is null ? NoStamp : Template("README-VERIFY-stamp.txt").TrimEnd());
        text.Replace("{ROOT}", request.RootUrl is { } url ? Plain(url) : "(the organisation has not said where; ask it, and do not ask whoever gave you the pack)");
        text.Replace("{AS-OF}", Moment(request.AsOf));
        text.Replace("{SIGNED-AT}", Moment(signedAt));
        text.Replace("{THUMBPRINT}", signer.Sha256Thumbprint);
        // Last, and on one line each: what is filled in may look like a placeholder or an instruction.
        text.Replace("{AUTHORITY}", Plain(authority ?? ""));
        text.Replace("{SIGNER}", Plain(signer.Subject));
        text.Replace("{TOOL}", Plain(request.Tool));
        text.Replace("{ID}", request.Id);
        text.Replace("{ABOUT}", Plain(request.About));
        return text.ToString().TrimEnd() + "\n";
    }

    // In a shell of its own, which the loop may end.
    internal static string ChainScript =>
        $"(set -- {PackLayout.Segment} \"$(sed -n '1s/.*\"previous\":\"\\([0-9a-f]*\\)\".*/\\1/p' {PackLayout.Segment})\"\n{ExportedChain.ShellLoop.ReplaceLineEndings("\n").TrimEnd('\n')})";

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Plain(string value) => string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c));

    private static string Indented(string lines) => string.Join('\n', lines.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').Select(line => "    " + line));

    private static string Template(string name)
    {
        using var stream = typeof(VerifyReadMe).Assembly.GetManifestResourceStream("packs/" + name)
            ?? throw new InvalidOperationException(name + " is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
