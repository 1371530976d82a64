using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupNames;
using MigrationGuard.Retention.Chains;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Whether what a store holds is what it looks like.</summary>
internal static class Genuineness
{
    private static IEnumerable<string> Remembered(StoreInventory store)
    {
        var remembered = store.Copies.Count(copy => copy.Header is not null) - store.HeadersRead;
        return remembered == 0 ? [] : [FormattableString.Invariant($"{remembered} headers were read by earlier runs; their blobs' ETags have not changed since. With --read-all every header is read again.")];
    }

    public static PromiseFinding Check(StoreInventory store, IReadOnlyDictionary<string, BackedUpDatabaseOptions> databases)
    {
        var here = databases.Where(database => database.Value.Stores.Contains(store.Store, StringComparer.OrdinalIgnoreCase)).Select(database => database.Value).ToList();
        var schemes = here.Select(NamingOf).OfType<NameScheme>().ToList();
        var findings = new List<Finding>();
        var unreadable = new List<string>();
        foreach (var copy in store.Copies.Where(copy => copy.Copy.State == CopyState.Current))
        {
            findings.AddRange(OfContent(copy));
            if (copy.Header is BackupHeaderOutcome.Unreadable unread)
                unreadable.Add($"{copy.Place}: {unread.Reason}");
            else if (copy.NotRead is { } reason)
                unreadable.Add($"{copy.Place}: {reason}");
            else if (copy.IsNamedAsBackup && copy.Copy.IsArchived)
                unreadable.Add($"{copy.Place} is in the archive, where its header cannot be read.");
            if (copy.Header?.HeaderIfAny is not { } header)
                continue;
            if (!here.Exists(database => DatabaseBackups.IsOf(database, header)))
                findings.Add(new Finding(KeepingFindings.Misplaced, Detail: $"{copy.Place} is a back-up of {header.Database} on {header.Server}, which no database under Backups:Databases is that has this store. Name it there, or find out who put it here."));
            if (NameScheme.Read(schemes, copy.Copy.Name) is NameReading.Understood understood)
                findings.AddRange(understood.Name.Disagreements(copy.Place, header).Select(disagreement => new Finding(KeepingFindings.Misplaced, Detail: disagreement.ToString())));
        }
        findings.AddRange(OfStripes(store));
        return new PromiseFinding(findings, unreadable.Count == 0 ? null : FormattableString.Invariant($"{unreadable.Count} could not be read: {string.Join(" ", unreadable.Take(3))}"))
        {
            Narrowed = ["Of each file only the beginning and the end were read. Whether what lies between is whole, RESTORE VERIFYONLY or a restore shows."],
            Notes = [.. Remembered(store)],
        };
    }

    /// <summary>How the files of a database are named; null where names say nothing.</summary>
    public static NameScheme? NamingOf(BackedUpDatabaseOptions database) => database.Names switch
    {
        BackupNaming.OlaHallengren => new OlaHallengrenNames(database.Servers, []),
        BackupNaming.Managed => new ManagedBackupNames(),
        BackupNaming.Expression => new ExpressionNames(database.Expression!, database.DateFormat ?? "", TimeSpan.FromSeconds(1)),
        _ => null,
    };

    private static IEnumerable<Finding> OfContent(InventoriedCopy copy)
    {
        var problem = copy.Header switch
        {
            BackupHeaderOutcome.NotABackup not when copy.IsNamedAsBackup => $"is no back-up, though its name ends like one. {not.Reason} Find out what wrote it.",
            BackupHeaderOutcome.Damaged damaged => $"is damaged. {damaged.Reason} Take another back-up, and find out what wrote this one.",
            BackupHeaderOutcome.Truncated truncated => $"is cut off, and restores nothing. {truncated.Reason} Take another back-up.",
            _ => null,
        };
        if (problem is not null)
            yield return new Finding(KeepingFindings.Unusable, Detail: $"{copy.Place} {problem}");
    }

    private static IEnumerable<Finding> OfStripes(StoreInventory store)
    {
        var files = store.Copies
            .Where(copy => copy.Copy.State == CopyState.Current && copy.Header?.HeaderIfAny is { FamilyCount: > 1 })
            .Select(copy => new BackupFile { Path = copy.Place, Header = copy.Header!.HeaderIfAny!, IsComplete = copy.Header is BackupHeaderOutcome.Read });
        return BackupChains.Of(files, new ChainRules { Window = TimeSpan.Zero }, DateTimeOffset.MaxValue.AddYears(-1))
            .SelectMany(chain => chain.Findings.OfType<ChainFinding.MissingStripe>())
            .Select(stripe => new Finding(KeepingFindings.Unusable, Detail: stripe.ToString()));
    }
}
