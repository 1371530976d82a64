using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Evidence.Checking;

/// <summary>Holds a pack's checkpoint against its signer, and the proofs that lines are in the checkpoint's tree against both.</summary>
internal sealed class CheckpointCheck
{
    private const int MostBytes = 64 * 1024;

    private readonly PackContents _contents;
    private readonly PackFindings _findings;
    private readonly SignedCheckpoint? _checkpoint;
    private readonly long _files;
    private long _seen;

    /// <param name="signer">The certificate that sealed the pack; null where no seal holds, which has been told.</param>
    public CheckpointCheck(PackContents contents, X509Certificate2? signer, PackFindings findings)
    {
        (_contents, _findings) = (contents, findings);
        _files = contents.Files.Keys.Count(IsProof);
        _checkpoint = Read(PackLayout.Checkpoint, SignedCheckpoint.Parse);
        if (_checkpoint is not null && signer is not null && !_checkpoint.IsSignedBy(signer))
            findings.Report(PackLayout.Checkpoint, "is not signed by the certificate that sealed the pack.");
        if (_checkpoint is null && _files > 0 && !contents.Files.ContainsKey(PackLayout.Checkpoint))
            findings.Report(PackLayout.Proofs, "holds proofs, and there is no checkpoint that they could be of.");
    }

    /// <summary>Lines that their proofs show to be in the checkpoint's tree.</summary>
    public long Proven { get; private set; }

    /// <summary>Takes a line of the segment, and its proof where there is one.</summary>
    public void Take(EntryLine entry, byte[] line)
    {
        if (_checkpoint is { Checkpoint: var checkpoint })
        {
            if (entry.Seq == 1 && checkpoint.Origin != Checkpoint.OriginOf(entry.Hash))
                _findings.Report(PackLayout.Checkpoint, "is of another chain: its origin is not that of the first line.");
            if (entry.Seq == checkpoint.Size + 1)
                _findings.Report(PackLayout.Checkpoint, string.Create(CultureInfo.InvariantCulture, $"stands for {checkpoint.Size} entries, and the segment goes beyond."));
        }
        var file = PackPaths.Proof(entry.Seq);
        if (!_contents.Files.ContainsKey(file))
            return;
        _seen++;
        if (_checkpoint is null || Read(file, ReadProof) is not { } read)
            return;
        var (proof, shown) = read;
        if (shown.Text != _checkpoint.Text)
            _findings.Report(file, $"leads to another checkpoint than {PackLayout.Checkpoint}.");
        else if (proof.Index != entry.Seq - 1 || !proof.Proves(Encoding.Latin1.GetString(line), _checkpoint.Checkpoint))
            _findings.Report(file, string.Create(CultureInfo.InvariantCulture, $"does not prove that entry {entry.Seq} is in the checkpoint's tree."));
        else
            Proven++;
    }

    /// <summary>Tells of proofs that no line belongs to.</summary>
    public void Finish()
    {
        if (_seen != _files)
            _findings.Report(PackLayout.Proofs, "holds proofs of entries that the segment does not have.");
    }

    private static (InclusionProof Proof, SignedCheckpoint Checkpoint)? ReadProof(string text) => InclusionProof.Read(text);

    private static bool IsProof(string file) => file.StartsWith(PackLayout.Proofs, StringComparison.Ordinal);

    private T? Read<T>(string file, Func<string, T> parse)
    {
        if (_contents.ReadWhole(file, MostBytes, _findings) is not { } content)
            return default;
        try
        {
            return parse(Encoding.UTF8.GetString(content));
        }
        catch (FormatException e)
        {
            _findings.Report(file, $"is not what it should be. {e.Message}");
            return default;
        }
    }
}
