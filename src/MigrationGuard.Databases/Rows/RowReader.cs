namespace MigrationGuard.Databases.Rows;

/// <summary>Rows of one table, one after another, read as fast as the engine's driver can.</summary>
/// <remarks>
/// Reading blocks: awaiting each row costs more than the row does, so whoever reads has a thread to itself. Columns may be asked
/// for in any order and more than once while a row is the current one, long values excepted: those come once.
/// </remarks>
public abstract class RowReader
{
    private protected RowReader() { }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False after the last.</returns>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public abstract bool Read();

    /// <summary>Gives the current row's value of a column to a sink.</summary>
    /// <param name="ordinal">The column, by its place in <see cref="RowQuery.Columns"/>.</param>
    public abstract void Value(int ordinal, ValueSink sink);
}
