namespace MigrationGuard.Databases;

/// <summary>A database could not do what was asked: which one, what went wrong, what to do about it.</summary>
/// <remarks>The message never holds a connection string or a password: drivers' messages are quoted only where they cannot.</remarks>
public sealed class DatabaseException : Exception
{
    public DatabaseException(string place, string problem, string remedy, Exception? cause = null)
        : base($"{place}: {problem} {remedy}".TrimEnd(), cause)
    {
        Place = place;
        Problem = problem;
        Remedy = remedy;
    }

    /// <summary>The database, table or file concerned.</summary>
    public string Place { get; }

    public string Problem { get; }

    public string Remedy { get; }
}
