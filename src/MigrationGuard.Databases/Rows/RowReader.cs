namespace MigrationGuard.Databases.Rows;

/// <summary>Rows of one table, one after another, read as fast as the engine's driver can.</summary>
/// <remarks>
/// Reading blocks: awaiting each row costs more than the row does, so whoever reads has a thread to itself. Columns may be asked
/// for in any order and more than once while a row is the current one, values longer than <see cref="LongestShort"/> excepted:
/// those come once, and no more once a column that stands after theirs in the query, and may itself hold such values, was asked for.
/// </remarks>
public abstract class RowReader
{
    /// <summary>Bytes of the longest text or binary that comes whole; what is longer comes in parts.</summary>
    public const int LongestShort = 64 * 1024;

    private volatile bool _isStopped;

    private protected RowReader() { }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>False after the last.</returns>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public bool Read()
    {
        ThrowIfStopped();
        if (Next())
            return true;
        // A driver may end the rows of a statement that was cancelled as it ends those that were all sent.
        ThrowIfStopped();
        return false;
    }

    /// <summary>Gives the current row's value of a column to a sink.</summary>
    /// <param name="ordinal">The column, by its place in <see cref="RowQuery.Columns"/>.</param>
    /// <exception cref="LongValueException">A long value was asked for that has gone by.</exception>
    public abstract void Value(int ordinal, ValueSink sink);

    /// <summary>Makes the reading end soon, from any thread, before <see cref="Close"/>.</summary>
    internal void Stop()
    {
        _isStopped = true;
        Interrupt();
    }

    /// <summary>Ends the statement, whether or not all of its rows were read. Never throws: what matters was thrown before.</summary>
    internal abstract void Close();

    private protected abstract void Interrupt();

    /// <summary>Goes on to the next row; false after the last.</summary>
    private protected abstract bool Next();

    private void ThrowIfStopped()
    {
        if (_isStopped)
            throw new OperationCanceledException("The reading of rows was stopped.");
    }
}

/// <summary>A value too long to be kept was asked for after it had gone by: rows are counted by its column.</summary>
/// <param name="column">The column's name.</param>
public sealed class LongValueException(string column)
    : Exception($"a value of {column} is longer than 64 KiB, and rows cannot be counted by such values.")
{
    public string Remedy { get; } = $"Leave {column} out of BreakdownBy, or count by the beginning of it, in a view.";
}
