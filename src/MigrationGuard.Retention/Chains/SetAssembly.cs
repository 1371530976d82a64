using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Chains;

/// <summary>Puts files together to back-ups.</summary>
internal static class SetAssembly
{
    /// <summary>The back-ups that the files hold, in the order in which each one's first file came.</summary>
    public static IReadOnlyList<BackupSet> Of(IEnumerable<BackupFile> files) =>
        [.. files.GroupBy(file => new Identity(file)).Select(Together)];

    private static BackupSet Together(IEnumerable<BackupFile> copies)
    {
        var byFamily = copies
            .OrderBy(file => file.Header.FamilyNumber)
            .ThenBy(file => !file.IsComplete)
            .ThenByDescending(file => file.ExistsUntil ?? DateTimeOffset.MaxValue)
            .ThenBy(file => file.Path, StringComparer.Ordinal)
            .ToList();
        var files = new List<BackupFile>();
        var duplicates = new List<BackupFile>();
        foreach (var file in byFamily)
        {
            var isNew = files.Count == 0 || files[^1].Header.FamilyNumber != file.Header.FamilyNumber;
            (isNew ? files : duplicates).Add(file);
        }

        var header = files[0].Header;
        return new BackupSet
        {
            Header = header,
            Started = files.Min(file => file.Header.Started).ToUniversalTime(),
            Finished = files.Any(file => file.Header.Finished is null) ? null : files.Max(file => file.Header.Finished)!.Value.ToUniversalTime(),
            Files = files,
            Duplicates = duplicates,
            Contradiction = Contradiction(files),
        };
    }

    private static string? Contradiction(List<BackupFile> files)
    {
        var header = files[0].Header;
        if (header.LastLsn < header.FirstLsn)
            return $"its log ends at {header.LastLsn}, before it begins at {header.FirstLsn}";
        foreach (var stripe in files.Select(file => file.Header))
        {
            if (stripe.FamilyNumber < 1 || stripe.FamilyNumber > stripe.FamilyCount)
                return $"it calls itself stripe {stripe.FamilyNumber} of {stripe.FamilyCount}";
        }

        return null;
    }

    /// <summary>What the stripes of one back-up have in common.</summary>
    /// <remarks>The two identifiers would do, if every header were right. Two files that differ in more must not be taken for one back-up.</remarks>
    private readonly record struct Identity(
        (Guid Media, Guid Set, string? Unidentified) Ids,
        (string Server, string Database, Guid Binding, DateTime Created) Of,
        (BackupKind Kind, bool IsCopyOnly, int Families) What,
        (Lsn First, Lsn Last, Lsn Checkpoint, Lsn Base) Lsns)
    {
        public Identity(BackupFile file)
            : this(
                (file.Header.MediaSetId, file.Header.BackupSetId, file.Header.BackupSetId == Guid.Empty ? file.Path : null),
                (file.Header.Server.ToUpperInvariant(), file.Header.Database, file.Header.BindingId, file.Header.DatabaseCreated),
                (file.Header.Kind, file.Header.IsCopyOnly, file.Header.FamilyCount),
                (file.Header.FirstLsn, file.Header.LastLsn, file.Header.CheckpointLsn, file.Header.DatabaseBackupLsn))
        {
        }
    }
}
