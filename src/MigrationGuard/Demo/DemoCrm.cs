using System.Globalization;

namespace MigrationGuard.Demo;

/// <summary>The old CRM of the demo: its tables and rows before anything is planted, the same each time.</summary>
/// <remarks>All names are made of numbered words, so that none can be a real person's or organisation's.</remarks>
internal static class DemoCrm
{
    /// <summary>When the old system stopped being written to, by agreement.</summary>
    public static readonly DateTimeOffset FrozenAt = new(2026, 3, 6, 18, 0, 0, TimeSpan.Zero);

    /// <summary>The first day with rows.</summary>
    public static readonly DateOnly Opened = new(2019, 1, 7);

    /// <summary>The last ordinary day: the one before the freeze.</summary>
    public static readonly DateOnly LastDay = new(2026, 3, 5);

    public static IReadOnlyList<DemoTable> Tables =>
    [
        DemoParties.SystemUsers,
        DemoParties.Accounts,
        DemoParties.Contacts,
        DemoCasework.Incidents,
        DemoCasework.Activities,
        DemoCasework.Annotations,
        DemoCasework.QueueItems,
        DemoFeeRegister.Fees,
        DemoSystemTables.AsyncOperations,
        DemoSystemTables.TraceLogs,
    ];

    /// <summary>The key of the <paramref name="number"/>th row of its kind.</summary>
    /// <remarks>Computed rather than kept, so that a table can refer to another's rows without having them.</remarks>
    public static string Key(ObjectType type, int number) => new DemoRandom(((ulong)type << 32) | (uint)number).UniqueIdentifier();

    /// <summary>The choices of one table; no table's depend on another's.</summary>
    public static DemoRandom RandomFor(ObjectType type) => new((ulong)type);

    /// <summary>A moment as the databases hold it: ISO 8601, UTC, to the second.</summary>
    public static string Text(DateTime utc) => utc.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

/// <summary>What kind of row a key belongs to, by the codes Dynamics gives its entities; custom ones start at 10000.</summary>
internal enum ObjectType
{
    Account = 1,
    Contact = 2,
    Annotation = 5,
    SystemUser = 8,
    Incident = 112,
    Queue = 2020,
    QueueItem = 2029,
    Activity = 4200,
    AsyncOperation = 4700,
    TraceLog = 8050,
    Fee = 10001,
}

/// <summary>A table of the demo.</summary>
/// <param name="Columns">The column definitions between the parentheses of <c>CREATE TABLE</c>.</param>
/// <param name="RowCount">How many rows <paramref name="Row"/> makes.</param>
/// <param name="Row">The row of a number, from 1 on, its values in the order of the columns.</param>
internal sealed record DemoTable(string Name, ObjectType Type, string Columns, int RowCount, Func<DemoRandom, int, object[]> Row)
{
    public IEnumerable<object[]> Rows()
    {
        var random = DemoCrm.RandomFor(Type);
        for (var number = 1; number <= RowCount; number++)
            yield return Row(random, number);
    }
}
