using System.Globalization;
using System.Text.RegularExpressions;
using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Anchors;

/// <summary>What a checkpoint is called in a folder or a container: its size, so that names sort as sizes do, and the beginning of its root.</summary>
/// <param name="Size">Entries it stands for.</param>
/// <param name="Root">The first digits of its root.</param>
internal sealed partial record CheckpointName(long Size, string Root)
{
    /// <summary>What all names begin with.</summary>
    public const string Prefix = "checkpoint-";

    private const int RootDigits = 16;

    public static CheckpointName Of(Checkpoint checkpoint) => new(checkpoint.Size, checkpoint.Root[..RootDigits]);

    /// <summary>Null for what is not called as checkpoints are, which is nobody's business here.</summary>
    public static CheckpointName? Parse(string name) =>
        Shape().Match(name) is { Success: true } match && long.TryParse(match.Groups["size"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? new CheckpointName(size, match.Groups["root"].Value)
            : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Size:D19}-{Root}.txt");

    [GeneratedRegex(@"\Acheckpoint-(?<size>[0-9]{19})-(?<root>[0-9a-f]{16})\.txt\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
