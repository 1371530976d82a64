using MigrationGuard.Databases.Rows;

namespace MigrationGuard.Tests.Databases.Rows;

/// <summary>A reading that was stopped has no end: part of a table must not pass for all of it.</summary>
public sealed class StoppedReadingTests
{
    [Fact]
    public void Rows_that_end_because_the_statement_was_stopped_are_no_whole_table()
    {
        var rows = new CountedRows(3, stopsAtEnd: true);
        for (var i = 0; i < 3; i++)
            rows.Read().ShouldBeTrue();
        Should.Throw<OperationCanceledException>(() => rows.Read());
    }

    [Fact]
    public void Rows_that_end_by_themselves_are()
    {
        var rows = new CountedRows(3, stopsAtEnd: false);
        for (var i = 0; i < 3; i++)
            rows.Read().ShouldBeTrue();
        rows.Read().ShouldBeFalse();
        rows.Read().ShouldBeFalse();
    }

    /// <summary>Rows of a driver that, when it is stopped, says that there are no more.</summary>
    private sealed class CountedRows(int rows, bool stopsAtEnd) : RowReader
    {
        private int _left = rows;

        public override void Value(int ordinal, ValueSink sink) => sink.Integer(_left);

        internal override void Close() => _left = 0;

        private protected override void Interrupt() => _left = 0;

        private protected override bool Next()
        {
            if (_left == 0 && stopsAtEnd)
                Stop();
            return _left-- > 0;
        }
    }
}
