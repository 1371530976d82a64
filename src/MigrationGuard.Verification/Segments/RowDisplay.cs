using MigrationGuard.Databases.Rows;

namespace MigrationGuard.Verification.Segments;

/// <summary>Takes the values of a row for showing them.</summary>
internal sealed class RowDisplay(int columns)
{
    private readonly ShownValueSink[] _sinks = [.. Enumerable.Range(0, columns).Select(_ => new ShownValueSink())];

    public ValueSink Column(int column) => _sinks[column];

    /// <summary>The current row's values.</summary>
    public IReadOnlyList<ShownValue> Values() => [.. _sinks.Select(sink => sink.Value)];
}
