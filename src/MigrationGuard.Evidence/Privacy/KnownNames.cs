using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Privacy;

/// <summary>The names that a run's sentences may quote: what people called things, and what databases call their own.</summary>
internal static class KnownNames
{
    private const string Query = "query:";

    public static IReadOnlySet<string> Of(RunDocument run)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var server in run.Servers)
            names.UnionWith([server.Comparison, server.Name, server.Database]);
        foreach (var table in run.Uncovered.Concat(run.Excluded))
            names.UnionWith([table.Comparison, table.Table, table.Table[(table.Table.LastIndexOf('.') + 1)..]]);
        foreach (var result in run.Results)
        {
            names.UnionWith([result.Comparison, result.Entity ?? "", result.Check]);
            if (result.Check.StartsWith(Query, StringComparison.Ordinal))
                names.Add(result.Check[Query.Length..]);
            names.UnionWith(result.By ?? []);
            names.UnionWith(result.Outcome.AllFindings.SelectMany(finding => finding.Columns ?? []));
        }
        names.UnionWith(FindingKinds.All);
        names.Remove("");
        return names;
    }
}
