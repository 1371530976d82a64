using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using MigrationGuard.Databases;

namespace MigrationGuard.Ledger.Store;

/// <summary>The tables of the store: one file per engine and version, embedded, each run once.</summary>
internal sealed partial class StoreSchema
{
    private readonly string _versionsTable;
    private readonly IReadOnlyList<string> _versions;

    private StoreSchema(string versionsTable, IReadOnlyList<string> versions) => (_versionsTable, _versions) = (versionsTable, versions);

    /// <summary>The version that this program writes.</summary>
    public int Newest => _versions.Count;

    public static StoreSchema For(Provider provider)
    {
        var assembly = typeof(StoreSchema).Assembly;
        var folder = "Schema/" + provider.ToString().ToLowerInvariant() + "/";
        var scripts = assembly.GetManifestResourceNames()
            // The build names them with the separator of the machine it runs on.
            .Where(name => name.Replace('\\', '/').StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => Read(assembly, name))
            .ToList();
        return new StoreSchema(scripts[0], scripts[1..]);
    }

    /// <summary>The version a store is of; 0 for one that has no tables of ours.</summary>
    public static async Task<int> VersionAsync(StoreSession session)
    {
        try
        {
            return await session.FirstAsync<int?>("SELECT MAX(version) FROM store_version") ?? 0;
        }
        catch (DbException)
        {
            // No engine-neutral question asks whether a table is there. A store that fails for another reason fails again, and is explained, when its tables are made.
            return 0;
        }
    }

    /// <summary>Brings the store to <see cref="Newest"/>; to be called as the only writer.</summary>
    /// <returns>The version it was of; 0 when it has just been made.</returns>
    public async Task<int> UpgradeAsync(StoreSession session, TimeProvider time)
    {
        await session.ExecuteAsync(_versionsTable);
        var found = await session.FirstAsync<int?>("SELECT MAX(version) FROM store_version") ?? 0;
        for (var version = found + 1; version <= Newest; version++)
        {
            foreach (var batch in Batches(_versions[version - 1]))
                await session.ExecuteAsync(batch);
            await session.ExecuteAsync(
                "INSERT INTO store_version (version, applied) VALUES (@version, @applied)",
                new { version, applied = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) });
        }
        return found;
    }

    /// <summary>A script's batches: what stands between lines of GO, which SQL Server's tools know and its server does not.</summary>
    public static IEnumerable<string> Batches(string script) =>
        BatchSeparator().Split(script).Where(batch => !string.IsNullOrWhiteSpace(batch));

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(@"^GO\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex BatchSeparator();
}
