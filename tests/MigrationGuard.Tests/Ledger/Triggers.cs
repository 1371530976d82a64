using System.Text.RegularExpressions;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Ledger;

/// <summary>The triggers that guard a ledger's tables, and how somebody with every right takes them away.</summary>
internal static partial class Triggers
{
    // What no claim rests on may be changed by anybody who may write to the store.
    private const string Unguarded = "0005-backup-headers.sql";

    public static async Task RemoveAsync(ScratchDatabase database)
    {
        var folder = $"Schema/{database.Provider.ToString().ToLowerInvariant()}/";
        foreach (var version in typeof(LedgerStore).Assembly.GetManifestResourceNames().Where(name => name.Replace('\\', '/').StartsWith(folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Skip(1))
        {
            using var schema = new StreamReader(typeof(LedgerStore).Assembly.GetManifestResourceStream(version)!);
            var triggers = Declaration().Matches(await schema.ReadToEndAsync());
            (triggers.Count == 0).ShouldBe(version.EndsWith(Unguarded, StringComparison.Ordinal), version);
            foreach (Match trigger in triggers)
            {
                var table = database.Provider == Provider.PostgreSql ? " ON " + trigger.Groups["table"].Value : "";
                await database.ExecuteAsync("DROP TRIGGER " + trigger.Groups["name"].Value + table);
            }
        }
    }

    [GeneratedRegex(@"CREATE TRIGGER (?<name>\w+)[^;]*? ON (?<table>\w+)")]
    private static partial Regex Declaration();
}
