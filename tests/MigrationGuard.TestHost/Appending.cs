using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.TestHost;

/// <summary>Appends entries to a ledger, one after another, and says of each that it is durable, and not before.</summary>
public static class Appending
{
    /// <summary>The command line's first word.</summary>
    public const string Mode = "append";

    /// <param name="args">The mode, the engine, the connection string, the entries' subject, and how many; -1 for as many as there is time for.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var (engine, connection, subject, count) = (Enum.Parse<Provider>(args[1]), args[2], args[3], int.Parse(args[4], CultureInfo.InvariantCulture));
        var options = new StoreOptions { Provider = engine, ConnectionString = connection, LockTimeoutSeconds = 120 };
        await using var store = await LedgerStore.OpenExistingAsync(options, Path.GetTempPath(), TimeProvider.System, CancellationToken.None);
        for (var i = 0; count < 0 || i < count; i++)
        {
            var entry = await store.AppendAsync(EntryKind.Approval, subject, new JsonObject { ["number"] = i }, new Actor(subject), CancellationToken.None);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{entry.Seq} {entry.Hash}"));
        }
        return 0;
    }
}
