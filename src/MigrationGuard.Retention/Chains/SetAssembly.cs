using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Chains;

/// <summary>Puts the files of one database together to back-ups.</summary>
internal static class SetAssembly
{
    /// <summary>The back-ups that the files hold, in no particular order.</summary>
    public static IReadOnlyList<BackupSet> Of(IEnumerable<BackupFile> files)
    {
        var sets = new List<BackupSet>();
        foreach (var named in files.GroupBy(file => (file.Header.BackupSetId, file.Header.MediaSetId, file.Header.BackupSetId == Guid.Empty ? file.Path : null)))
        {
            List<BackupFile> copies = [.. named];
            if (copies.Count == 1)
                sets.Add(Together(copies, []));
            else
                sets.AddRange(copies.GroupBy(file => new Likeness(file.Header)).Select(alike => ByFamily([.. alike])).Select(both => Together(both.Files, both.Duplicates)));
        }

        return sets;
    }

    private static BackupSet Together(List<BackupFile> files, List<BackupFile> duplicates)
    {
        return new BackupSet
        {
            Header = files[0].Header,
            Started = files.Min(file => file.Header.Started).ToUniversalTime(),
            Finished = files.Exists(file => file.Header.Finished is null) ? null : files.Max(file => file.Header.Finished)!.Value.ToUniversalTime(),
            Files = files,
            Duplicates = duplicates,
            Contradiction = Contradiction(files),
        };
    }

    /// <summary>Of each stripe the copy that is complete and stays longest, and the copies that are left over.</summary>
    private static (List<BackupFile> Files, List<BackupFile> Duplicates) ByFamily(List<BackupFile> copies)
    {
        var byFamily = copies
            .OrderBy(file => file.Header.FamilyNumber)
            .ThenBy(file => !file.IsComplete)
            .ThenByDescending(file => file.ExistsUntil ?? DateTimeOffset.MaxValue)
            .ThenBy(file => file.Path, StringComparer.Ordinal);
        var files = new List<BackupFile>();
        var duplicates = new List<BackupFile>();
        foreach (var file in byFamily)
        {
            var isNew = files.Count == 0 || files[^1].Header.FamilyNumber != file.Header.FamilyNumber;
            (isNew ? files : duplicates).Add(file);
        }

        return (files, duplicates);
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

    /// <summary>What the stripes of one back-up have in common, besides the identifiers.</summary>
    /// <remarks>The identifiers would do, if every header were right. Two files that differ in more must not be taken for one back-up.</remarks>
    private readonly record struct Likeness(
        (Guid Binding, DateTime Created) Of,
        (BackupKind Kind, bool IsCopyOnly, int Families) What,
        (Lsn First, Lsn Last, Lsn Checkpoint, Lsn Base) Lsns)
    {
        public Likeness(BackupHeader header)
            : this(
                (header.BindingId, header.DatabaseCreated),
                (header.Kind, header.IsCopyOnly, header.FamilyCount),
                (header.FirstLsn, header.LastLsn, header.CheckpointLsn, header.DatabaseBackupLsn))
        {
        }
    }
}
