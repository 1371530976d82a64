using System.Globalization;
using MigrationGuard.Benchmarks;

const string Usage = """
    Usage: dotnet run -c Release --project tests/MigrationGuard.Benchmarks -- large-table [ROWS] | small-tables [TABLES] | reminders [COUNT] | rows [ROWS] | encoding [ROWS] | ledger [ENTRIES] | packs [CHECKS] | blobs [BLOBS [CONNECTION STRING]]

    Needs a PostgreSQL server whose login may create databases, named by MIGRATIONGUARD_TEST_POSTGRESQL. Databases are
    made for the run and dropped after it. encoding, ledger, packs and blobs need none.
    """;

var server = Environment.GetEnvironmentVariable("MIGRATIONGUARD_TEST_POSTGRESQL");
if (args is ["encoding", ..] and not [_, _, _, ..])
{
    Encoding.Run(args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000);
    return 0;
}
if (args is ["packs", ..] and not [_, _, _, ..])
{
    var checks = args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 2000;
    await Packs.RunAsync(checks);
    await WholePacks.RunAsync(checks);
    return 0;
}
if (args is ["blobs", ..] and not [_, _, _, _, ..])
{
    var blobs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 100_000;
    await (args.Length > 2 ? BlobInventory.RunAsync(blobs, args[2]) : BlobInventory.RunAsync(blobs));
    return 0;
}
if (args is ["ledger", ..])
{
    await LedgerChain.RunAsync(args);
    return 0;
}
if (server is null || args.Length is 0 or > 2)
{
    Console.Error.WriteLine(Usage);
    return 1;
}
var size = args.Length == 2 ? int.Parse(args[1], CultureInfo.InvariantCulture) : (int?)null;
switch (args[0])
{
    case "large-table":
        await LargeTable.RunAsync(server, size ?? 5_000_000);
        return 0;
    case "small-tables":
        await SmallTables.RunAsync(server, size ?? 500);
        return 0;
    case "reminders":
        await Reminders.RunAsync(server, size ?? 10_000);
        return 0;
    case "rows":
        await WholeRows.RunAsync(server, size ?? 1_000_000);
        return 0;
    default:
        Console.Error.WriteLine(Usage);
        return 1;
}
