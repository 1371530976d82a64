using System.Globalization;
using Microsoft.Data.Sqlite;
using MigrationGuard.Demo;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Demo;

/// <summary>Compares the demo's two files with one plain statement a question: slow, obvious, and nothing of the product's own checks.</summary>
internal sealed class NaiveComparison : IDisposable
{
    private readonly ComparisonOptions _options;
    private readonly SqliteConnection _connection;

    private NaiveComparison(string directory)
    {
        _options = DemoConfiguration.Options(directory).Comparisons["crm"];
        _connection = new SqliteConnection($"Data Source={Path.Combine(directory, "old.sqlite")};Pooling=False");
        _connection.Open();
        Rows($"ATTACH DATABASE '{Path.Combine(directory, "new.sqlite")}' AS target");
    }

    public static RunDocument Of(string directory)
    {
        using var comparison = new NaiveComparison(directory);
        return new RunDocument { Run = "naive", Results = [.. comparison._options.Entities.SelectMany(named => comparison.Results(named.Key, named.Value))] };
    }

    public void Dispose() => _connection.Dispose();

    private IEnumerable<CheckResult> Results(string name, EntityOptions entity)
    {
        yield return Result(name, CheckNames.RecordCount, null, RecordCount(entity.Source));
        foreach (var by in entity.BreakdownBy)
            yield return Result(name, CheckNames.EntityBreakdown, by.Columns, Breakdown(entity.Source, by.Columns));
        yield return Result(name, CheckNames.LastTimestamp, null, [.. Timestamps(entity.Source, entity.CreatedOn!), .. Timestamps(entity.Source, entity.ModifiedOn!)]);
        yield return Result(name, CheckNames.Schema, null, [.. LostColumns(entity.Source)]);
        yield return Result(name, CheckNames.Fingerprint, null, [.. DifferingRows(entity.Source, entity.Key.Single())]);
    }

    private List<Finding> RecordCount(string table)
    {
        var row = Rows($"SELECT (SELECT count(*) FROM main.{table}), (SELECT count(*) FROM target.{table})").Single();
        var missing = (long)row[0] - (long)row[1];
        return missing switch
        {
            0 => [],
            > 0 => [new Finding(FindingKinds.MissingInTarget, missing)],
            _ => [new Finding(FindingKinds.ExtraInTarget, -missing)],
        };
    }

    private List<Finding> Breakdown(string table, IReadOnlyList<string> columns)
    {
        var by = string.Join(", ", columns);
        var differing = Rows($"""
            SELECT {by}, sum(source) AS s, sum(target) AS t FROM (
                SELECT {by}, 1 AS source, 0 AS target FROM main.{table} UNION ALL SELECT {by}, 0, 1 FROM target.{table})
            GROUP BY {by} HAVING s <> t
            """);
        return [.. differing.Select(row => new Finding(
            FindingKinds.GroupDiffers,
            Math.Abs((long)row[^2] - (long)row[^1]),
            Group: [.. row[..^2].Select(value => value is long number ? new Scalar(number) : new Scalar((string)value))],
            Source: new Scalar((long)row[^2]),
            Target: new Scalar((long)row[^1])))];
    }

    private IEnumerable<Finding> Timestamps(string table, string column)
    {
        var newest = Rows($"SELECT (SELECT max({column}) FROM main.{table}), (SELECT max({column}) FROM target.{table})").Single();
        if (!newest[0].Equals(newest[1]))
            yield return new Finding(FindingKinds.TimestampDiffers, Columns: [column], Source: new Scalar((string)newest[0]), Target: new Scalar((string)newest[1]));
        var frozenAt = _options.FrozenAt!.Value.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var late = (long)Rows($"SELECT count(*) FROM main.{table} WHERE {column} > '{frozenAt}'").Single()[0];
        if (late > 0)
            yield return new Finding(FindingKinds.TimestampDiffers, late, Columns: [column]);
    }

    private IEnumerable<Finding> LostColumns(string table)
    {
        var lost = Rows($"SELECT name FROM pragma_table_info('{table}', 'main') EXCEPT SELECT name FROM pragma_table_info('{table}', 'target')");
        foreach (var column in lost.Select(row => (string)row[0]))
            yield return new Finding(FindingKinds.SchemaDiffers, (long)Rows($"SELECT count({column}) FROM main.{table}").Single()[0], Columns: [column]);
    }

    private IEnumerable<Finding> DifferingRows(string table, string key)
    {
        foreach (var (here, there, kind) in new[] { ("main", "target", FindingKinds.MissingInTarget), ("target", "main", FindingKinds.ExtraInTarget) })
        {
            var alone = (long)Rows($"SELECT count(*) FROM {here}.{table} WHERE {key} NOT IN (SELECT {key} FROM {there}.{table})").Single()[0];
            if (alone > 0)
                yield return new Finding(kind, alone);
        }
        var shared = Rows($"SELECT name FROM pragma_table_info('{table}', 'main') INTERSECT SELECT name FROM pragma_table_info('{table}', 'target')")
            .Select(row => (string)row[0]).ToList();
        var differs = string.Join(", ", shared.Select(column => $"s.{column} IS NOT t.{column}"));
        var changed = Rows($"SELECT {differs} FROM main.{table} s JOIN target.{table} t ON t.{key} = s.{key}")
            .Select(row => shared.Where((_, i) => (long)row[i] != 0).ToList())
            .Where(columns => columns.Count > 0)
            .GroupBy(columns => string.Join(",", columns), (_, rows) => rows.ToList());
        foreach (var rows in changed)
            yield return new Finding(FindingKinds.Changed, rows.Count, Columns: rows[0]);
    }

    private CheckResult Result(string entity, string check, IReadOnlyList<string>? by, List<Finding> findings) =>
        new() { Comparison = "crm", Entity = entity, Check = check, By = by, Outcome = Outcome(entity, check, findings) };

    private CheckOutcome Outcome(string entity, string check, List<Finding> findings)
    {
        if (findings.Count == 0)
            return new CheckOutcome.Match();
        var isAccepted = _options.ExpectedDifferences.Any(expected =>
            expected.Entity == entity
            && expected.Check == check
            && findings.All(finding => finding.Kind == expected.Kind && IsGroupOf(expected, finding))
            && findings.Sum(finding => finding.Count) <= expected.AtMost);
        return isAccepted ? new CheckOutcome.Accepted(findings, "approved") : new CheckOutcome.Mismatch(findings);
    }

    private static bool IsGroupOf(ExpectedDifferenceOptions expected, Finding finding) =>
        finding.Group is null || expected.Groups.Any(group => group.SequenceEqual(finding.Group.Select(value => value.ToString())));

    private List<object[]> Rows(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }
        return rows;
    }
}
