using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Verification.Planning;

/// <summary>Which source tables a comparison speaks for, and which it does not.</summary>
/// <remarks>GO speaks for the whole database, so a table that nobody thought of must be seen before the last copy of it is destroyed.</remarks>
public sealed record Coverage(IReadOnlyList<TableRemark> Uncovered, IReadOnlyList<TableRemark> Excluded, IReadOnlyList<string> Unknown)
{
    public static Coverage Of(string comparison, ComparisonOptions options, Catalogue source)
    {
        var covered = options.Entities.Values.Select(entity => source.Find(entity.Source)?.Name).OfType<TableName>().ToHashSet();
        var reasons = new Dictionary<TableName, string>();
        var unknown = new List<string>();
        foreach (var excluded in options.Excluded)
        {
            if (source.Find(excluded.Table) is { } table && !string.IsNullOrWhiteSpace(excluded.Reason))
                reasons[table.Name] = excluded.Reason;
            else if (source.Find(excluded.Table) is null)
                unknown.Add($"{comparison}: Excluded names {excluded.Table}, which the source does not have.");
        }
        var beyond = source.BaseTables.Select(table => table.Name).Where(name => !covered.Contains(name)).ToList();
        return new Coverage(
            [.. beyond.Where(name => !reasons.ContainsKey(name)).Select(name => new TableRemark(comparison, name.ToString()))],
            [.. beyond.Where(reasons.ContainsKey).Select(name => new TableRemark(comparison, name.ToString(), reasons[name]))],
            unknown);
    }
}
