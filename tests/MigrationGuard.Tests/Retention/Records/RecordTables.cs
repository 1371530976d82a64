using System.Globalization;
using System.Text;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.Records;
using MigrationGuard.Tests.Decommissioning;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Retention.Records;

/// <summary>A case, as the tests' tables hold it.</summary>
internal sealed record Case(int Number, DateTime? Closed, int State = 1)
{
    /// <summary>A UUID of its own.</summary>
    public Guid Id => new(Number, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8);
}

/// <summary>Tables of cases in a live database and a frozen copy, and what comes of verifying them.</summary>
internal static class RecordTables
{
    /// <summary>Noon of a day that no period ends on.</summary>
    public static readonly DateTime Now = new(2026, 6, 15, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>A table <c>cases</c> with these rows. Its key is <c>id</c>, <c>number</c> or <c>name</c>, which say the same.</summary>
    public static async Task PlantAsync(this ScratchDatabase database, IEnumerable<Case> cases, string primaryKey = "id")
    {
        var (uuid, moment, text) = database.Provider switch
        {
            Provider.SqlServer => ("uniqueidentifier", "datetime2(3)", "nvarchar(40)"),
            Provider.PostgreSql => ("uuid", "timestamp(3)", "varchar(40)"),
            _ => ("uuid", "datetime", "varchar(40)"),
        };
        await database.ExecuteAsync($"CREATE TABLE cases (id {uuid} NOT NULL, number int NOT NULL, name {text} NOT NULL, closed {moment} NULL, state int NULL, PRIMARY KEY ({primaryKey}))");
        foreach (var some in cases.Chunk(500))
        {
            var rows = some.Select(row => string.Create(
                CultureInfo.InvariantCulture,
                $"('{row.Id:D}', {row.Number}, 'case {row.Number}', {(row.Closed is { } closed ? $"'{closed:yyyy-MM-dd HH:mm:ss.fff}'" : "NULL")}, {row.State})"));
            await database.ExecuteAsync(new StringBuilder("INSERT INTO cases (id, number, name, closed, state) VALUES ").AppendJoin(", ", rows).ToString());
        }
    }

    /// <summary>Completed cases, of state 1, kept for 2 years and a day of grace.</summary>
    public static RecordsOptions Options(bool withFrozen = true) => new()
    {
        Codes = { ["12.1"] = new RetentionCodeOptions { Title = "Completed cases", Promise = "Completed cases are kept for 2 years.", Years = 2 } },
        Entities =
        {
            ["completed"] = new RetainedEntityOptions
            {
                Code = "12.1", Database = "new", Frozen = withFrozen ? "old" : null, Table = "cases", CountsFrom = "closed", Where = { ["state"] = new FieldValues(["1"]) },
            },
        },
    };

    /// <summary>Verifies, as of <see cref="Now"/>.</summary>
    public static Task<IReadOnlyList<CheckResult>> VerifyAsync(
        RecordsOptions options, ScratchDatabase live, ScratchDatabase? frozen = null, int keysAtOnce = FrozenComparison.KeysAtOnce, DateTime? asOf = null) =>
        VerifyAsync(options, live.Options, (frozen ?? live).Options, keysAtOnce, asOf);

    /// <inheritdoc cref="VerifyAsync(RecordsOptions, ScratchDatabase, ScratchDatabase?, int, DateTime?)"/>
    public static async Task<IReadOnlyList<CheckResult>> VerifyAsync(
        RecordsOptions options, DatabaseOptions live, DatabaseOptions frozen, int keysAtOnce = FrozenComparison.KeysAtOnce, DateTime? asOf = null)
    {
        var time = new SetClock(new DateTimeOffset(asOf ?? Now));
        using var current = new Database("new", live, time);
        using var old = new Database("old", frozen, time);
        var databases = new Dictionary<string, Database>(StringComparer.OrdinalIgnoreCase) { ["new"] = current, ["old"] = old };
        return (await new RecordVerification(options, databases, time, keysAtOnce).VerifyAsync(CancellationToken.None)).Results;
    }

    /// <summary>How many records a check found of a kind; 0 where it found none.</summary>
    public static long Found(this IEnumerable<CheckResult> results, string check, string kind) =>
        results.Single(result => result.Check == check).Outcome.AllFindings.SingleOrDefault(finding => finding.Kind == kind)?.Count ?? 0;

    public static CheckResult Of(this IEnumerable<CheckResult> results, string check) => results.Single(result => result.Check == check);
}
