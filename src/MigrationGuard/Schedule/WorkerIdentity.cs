using System.Globalization;

namespace MigrationGuard.Schedule;

/// <summary>What tells this process from other workers, also from one that had its process id before.</summary>
internal static class WorkerIdentity
{
    public static readonly string Current = string.Create(
        CultureInfo.InvariantCulture, $"{Environment.MachineName}-{Environment.ProcessId}-{System.Security.Cryptography.RandomNumberGenerator.GetHexString(6, lowercase: true)}");
}
