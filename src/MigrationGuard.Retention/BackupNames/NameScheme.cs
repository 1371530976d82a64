namespace MigrationGuard.Retention.BackupNames;

/// <summary>A way in which back-up files are named.</summary>
public abstract class NameScheme
{
    /// <summary>Reads what the name claims.</summary>
    /// <param name="path">The file's path or address, folders included, with slashes of either kind.</param>
    public abstract NameReading Read(string path);

    /// <summary>Reads the name by the first of the schemes that it follows.</summary>
    /// <remarks>One that could not be tried ends the search: the next might understand something else by the name.</remarks>
    public static NameReading Read(IEnumerable<NameScheme> schemes, string path)
    {
        ArgumentNullException.ThrowIfNull(schemes);
        foreach (var scheme in schemes)
        {
            if (scheme.Read(path) is var reading and not NameReading.NotUnderstood)
                return reading;
        }

        return new NameReading.NotUnderstood();
    }
}
