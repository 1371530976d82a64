using System.Globalization;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Output;

/// <summary>A finding in one line of a terminal.</summary>
internal static class FindingText
{
    public static string Of(Finding finding) => finding switch
    {
        { Kind: FindingKinds.Changed, Count: { } rows, Columns: { } columns } => $"{Differ(rows)} in {string.Join(", ", columns)}{(finding.Detail is null ? "" : ". " + finding.Detail)}",
        { Kind: FindingKinds.Changed, Count: { } rows, Detail: { } detail } => $"{Differ(rows)}. {detail}",
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

    private static string Differ(long rows) => string.Create(CultureInfo.InvariantCulture, $"{rows:N0} {(rows == 1 ? "row differs" : "rows differ")}");
}
