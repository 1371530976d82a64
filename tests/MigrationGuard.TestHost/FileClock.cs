using System.Globalization;

namespace MigrationGuard.TestHost;

/// <summary>The time that a file holds; waiting takes as long as it does in the world.</summary>
/// <remarks>Whoever sets the time replaces the file with another in one step, so that half a time is never read.</remarks>
public sealed class FileClock(string file) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() =>
        DateTimeOffset.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    /// <summary>Sets the time that readers of the file see from now on.</summary>
    public static void Set(string file, DateTimeOffset time)
    {
        File.WriteAllText(file + ".next", time.ToString("O", CultureInfo.InvariantCulture));
        File.Move(file + ".next", file, overwrite: true);
    }
}
