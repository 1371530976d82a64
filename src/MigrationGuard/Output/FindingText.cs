using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Output;

/// <summary>A finding in one line of a terminal.</summary>
internal static class FindingText
{
    /// <param name="kind">What the run looked at, one of <see cref="RunKinds"/>; null where it compared databases.</param>
    public static string Of(Finding finding, string? kind) => finding switch
    {
        { Detail: { } detail } when kind is not null => detail,
        { Kind: FindingKinds.Changed, Count: { } rows, Columns: { } columns } => $"{Differ(rows, kind)} in {string.Join(", ", columns)}{(finding.Detail is null ? "" : ". " + finding.Detail)}",
        { Kind: FindingKinds.Changed, Count: { } rows, Detail: { } detail } => $"{Differ(rows, kind)}. {detail}",
        { Kind: FindingKinds.SchemaDiffers, Columns: { } columns, Detail: { } detail } => $"{string.Join(", ", columns)}: {detail}",
        { Detail: { } detail } => detail,
        { Kind: FindingKinds.MissingInTarget, Group: { } key } => $"missing in the target: {string.Join(", ", key)}",
        { Kind: FindingKinds.ExtraInTarget, Group: { } key } => $"extra in the target: {string.Join(", ", key)}",
        { Kind: FindingKinds.MissingInTarget } => string.Create(CultureInfo.InvariantCulture, $"{finding.Count:N0} missing in the target"),
        { Kind: FindingKinds.ExtraInTarget } => string.Create(CultureInfo.InvariantCulture, $"{finding.Count:N0} extra in the target"),
        { Kind: FindingKinds.GroupDiffers } => $"{string.Join(", ", finding.Group ?? [])}: {Number(finding.Source!)} → {Number(finding.Target!)}",
        { Columns: { } columns, Group: { } key } => $"{string.Join(", ", key)}: {string.Join(", ", columns)} {finding.Source} → {finding.Target}",
        { Columns: { } columns } => $"{string.Join(", ", columns)} {finding.Source ?? Scalar.Null} → {finding.Target ?? Scalar.Null}",
        _ => finding.Kind,
    };

    /// <summary>A number with thousands separators; anything else as it is.</summary>
    public static string Number(Scalar value) => value.Number?.ToString("N0", CultureInfo.InvariantCulture) ?? value.ToString();

    private static string Differ(long count, string? kind)
    {
        var one = kind == RunKinds.Files ? "file" : "row";
        return string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? $"{one} differs" : $"{one}s differ")}");
    }
}
