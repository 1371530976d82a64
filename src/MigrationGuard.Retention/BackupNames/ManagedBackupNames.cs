using System.Globalization;
using System.Text.RegularExpressions;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.BackupNames;

/// <summary>
/// The names of SQL Server managed backup, and of automated backup of virtual machines in Azure: the first 40 characters of the database's
/// name, for a database of an availability group its GUID in the group, its own GUID, and the time; <c>.bak</c> is full, <c>.log</c> log.
/// </summary>
/// <remarks>
/// Microsoft: "SQL Server Managed Backup to Microsoft Azure", Backup File Naming Conventions. GUIDs have no dashes. The form of the time is
/// not documented; fourteen digits are read, with or without an offset from UTC.
/// </remarks>
public sealed partial class ManagedBackupNames : NameScheme
{
    /// <summary>As many characters of a database's name as a file's name has.</summary>
    private const int DatabaseLength = 40;

    public override NameReading Read(string path)
    {
        var parts = NameParts.Of(path);
        BackupKind? kind = parts.Extension.ToUpperInvariant() switch
        {
            "BAK" => BackupKind.Full,
            "LOG" => BackupKind.Log,
            _ => null,
        };
        var match = Shape().Match(parts.Stem);
        if (kind is null || !match.Success ||
            !DateTime.TryParseExact(match.Groups["taken"].Value, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var taken))
        {
            return new NameReading.NotUnderstood();
        }

        var database = match.Groups["database"].Value;
        return new NameReading.Understood(new BackupName
        {
            Database = database,
            IsDatabaseCut = database.Length >= DatabaseLength,
            GroupDatabaseId = match.Groups["group"].Success ? Guid.ParseExact(match.Groups["group"].Value, "N") : null,
            DatabaseId = Guid.ParseExact(match.Groups["id"].Value, "N"),
            Kind = kind,
            Taken = taken,
            Zone = Zone(match.Groups["sign"].Value, match.Groups["hours"].Value, match.Groups["minutes"].Value),
        });
    }

    private static TimeSpan? Zone(string sign, string hours, string minutes)
    {
        if (sign.Length == 0)
            return null;
        var ahead = new TimeSpan(int.Parse(hours, CultureInfo.InvariantCulture), minutes.Length == 0 ? 0 : int.Parse(minutes, CultureInfo.InvariantCulture), 0);
        return sign == "-" ? -ahead : ahead;
    }

    // The database's part takes as little as it can, so that a group's GUID is not taken for the end of a name.
    [GeneratedRegex(
        @"\A(?<database>.{1,40}?)(?:_(?<group>[0-9A-Fa-f]{32}))?_(?<id>[0-9A-Fa-f]{32})_(?<taken>[0-9]{14})(?:(?<sign>[+-])(?<hours>[0-9]{2}):?(?<minutes>[0-9]{2})?)?\z",
        RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Shape();
}
