using System.Globalization;
using System.Security.Cryptography;

namespace MigrationGuard.Ledger.Store;

/// <summary>The names of runs: sortable by when they began, and short enough to type.</summary>
public static class RunIds
{
    /// <summary>A new name, such as <c>20260301-181502-7f3a9c</c>: the UTC second, and a random part that keeps runs of one second apart.</summary>
    public static string New(TimeProvider time) =>
        time.GetUtcNow().ToString("yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture) + RandomNumberGenerator.GetHexString(6, lowercase: true);

    /// <summary>The subject of a run's entries.</summary>
    internal static string Subject(string run) => "run-" + run;
}
