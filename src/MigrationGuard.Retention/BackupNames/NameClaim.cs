using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.BackupNames;

/// <summary>When what a name says is what a header says.</summary>
internal static class NameClaim
{
    /// <summary>What names of files leave out of names of databases, as back-up scripts do.</summary>
    private const string LeftOut = "\\/:*?\"<>| ";

    /// <summary>The server and database claimed. Where the name leaves open how it divides, it is divided so as to agree with the header, if it can be.</summary>
    public static (string? Server, string? Database) Resolve(BackupName name, BackupHeader header)
    {
        if (name.ServerAndDatabase is not { } both)
            return (name.Server, name.Database);
        for (var at = both.IndexOf('_', StringComparison.Ordinal); at >= 0; at = both.IndexOf('_', at + 1))
        {
            if (IsDatabase(both[(at + 1)..], false, header.Database))
                return (both[..at].Replace('$', '\\'), both[(at + 1)..]);
        }

        return (null, both);
    }

    /// <summary>Whether the claimed name stands for the database. Case does not count: folders and scripts change it.</summary>
    public static bool IsDatabase(string claimed, bool isCut, string database)
    {
        string claim = Plain(claimed), truth = Plain(database);
        return isCut ? truth.StartsWith(claim, StringComparison.OrdinalIgnoreCase) : truth.Equals(claim, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether the claimed name stands for the server. Without an instance it claims no more than the machine.</summary>
    public static bool IsServer(string claimed, BackupHeader header)
    {
        if (claimed.Equals(header.Server, StringComparison.OrdinalIgnoreCase))
            return true;
        return !claimed.Contains('\\', StringComparison.Ordinal) &&
            (claimed.Equals(header.Server.Split('\\')[0], StringComparison.OrdinalIgnoreCase) || claimed.Equals(header.Machine, StringComparison.OrdinalIgnoreCase));
    }

    private static string Plain(string name) => string.Concat(name.Where(character => !LeftOut.Contains(character, StringComparison.Ordinal)));
}
