using System.Globalization;
using System.Text.RegularExpressions;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.BackupNames;

/// <summary>The default names of Ola Hallengren's DatabaseBackup: server, database, type, PARTIAL, COPY_ONLY, date, time, file number, joined by underscores.</summary>
/// <remarks>
/// What is empty is left out, and servers and databases may have underscores, so the name is read from its end: date and type are
/// certain. Which of the underscores before the type ends the server's name is shown by a server that is known, or by a folder of the
/// server's or the database's name, as the default folders are; or there is only one. Otherwise it is left open, for the header to decide.
/// </remarks>
public sealed partial class OlaHallengrenNames : NameScheme
{
    private readonly IReadOnlyList<string> _servers;
    private readonly IReadOnlyList<string> _groups;

    /// <param name="knownServers">Instances, as <c>SERVER</c> or <c>SERVER\INSTANCE</c>.</param>
    /// <param name="availabilityGroups">Groups, as <c>CLUSTER$GROUP</c>, which stand where a server would; such a name claims no server.</param>
    public OlaHallengrenNames(IEnumerable<string> knownServers, IEnumerable<string> availabilityGroups)
    {
        _servers = [.. knownServers.Select(server => server.Replace('\\', '$'))];
        _groups = [.. availabilityGroups.Select(group => group.Replace('\\', '$'))];
    }

    public override NameReading Read(string path)
    {
        var parts = NameParts.Of(path);
        var match = Shape().Match(parts.Stem);
        if (!match.Success ||
            !DateTime.TryParseExact(match.Groups["taken"].Value, "yyyyMMdd_HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var taken))
        {
            return new NameReading.NotUnderstood();
        }

        var name = new BackupName
        {
            Kind = match.Groups["kind"].ValueSpan switch
            {
                "FULL" => BackupKind.Full,
                "DIFF" => BackupKind.Differential,
                _ => BackupKind.Log,
            },
            IsPartial = match.Groups["partial"].Success,
            IsCopyOnly = match.Groups["copy"].Success,
            Taken = taken,
            Stripe = match.Groups["stripe"].Success ? int.Parse(match.Groups["stripe"].ValueSpan, CultureInfo.InvariantCulture) : null,
        };
        return new NameReading.Understood(Divide(name, match.Groups["head"].Value, parts.Folders));
    }

    private BackupName Divide(BackupName name, string head, IReadOnlyList<string> folders)
    {
        if (LongestBefore(head, _groups) is { } group)
            return name with { Database = head[(group.Length + 1)..] };
        var server = LongestBefore(head, _servers) ?? LongestBefore(head, folders) ?? BeforeDatabase(head, folders);
        if (server is null && head.Count(character => character == '_') == 1)
            server = head[..head.IndexOf('_', StringComparison.Ordinal)];
        return server is { Length: > 0 } && server.Length + 1 < head.Length
            ? name with { Server = head[..server.Length].Replace('$', '\\'), Database = head[(server.Length + 1)..] }
            : name with { ServerAndDatabase = head };
    }

    private static string? LongestBefore(string head, IEnumerable<string> candidates) => candidates
        .Where(candidate => candidate.Length > 0 && candidate.Length + 1 < head.Length && head[candidate.Length] == '_')
        .Where(candidate => head.StartsWith(candidate, StringComparison.OrdinalIgnoreCase))
        .MaxBy(candidate => candidate.Length);

    private static string? BeforeDatabase(string head, IEnumerable<string> folders)
    {
        var database = folders
            .Where(folder => folder.Length > 0 && head.EndsWith("_" + folder, StringComparison.OrdinalIgnoreCase))
            .MaxBy(folder => folder.Length);
        return database is null ? null : head[..^(database.Length + 1)];
    }

    [GeneratedRegex(
        @"\A(?<head>.+)_(?<kind>FULL|DIFF|LOG)(?<partial>_PARTIAL)?(?<copy>_COPY_ONLY)?_(?<taken>[0-9]{8}_[0-9]{6})(?:_(?<stripe>[0-9]{1,3}))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
