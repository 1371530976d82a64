namespace MigrationGuard.Databases.Rows;

/// <summary>Rows arrive that this program cannot go on with: what is wrong, and what to do about it.</summary>
/// <remarks>Whoever meets them does not know the database's name; <see cref="Database"/> adds it and makes a <see cref="DatabaseException"/> of this.</remarks>
/// <param name="problem">A sentence that follows the database's name; it quotes no value.</param>
/// <param name="remedy">A sentence.</param>
public sealed class UnreadableRowsException(string problem, string remedy) : Exception($"{problem} {remedy}")
{
    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}
