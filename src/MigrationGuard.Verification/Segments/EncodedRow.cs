using MigrationGuard.Databases.Rows;
using MigrationGuard.Verification.Fingerprints;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>One row at a time as its canonical bytes. One thread's; nothing is allocated for a row.</summary>
internal sealed class EncodedRow
{
    private readonly RowBuffer _bytes;
    private readonly ValueSink[] _columns;
    private readonly int[] _ends;
    private readonly int _keyColumns;

    /// <param name="key">The comparison's key, which every row is digested after.</param>
    /// <param name="beside">Takes the values beside their encoders, for showing them; null for nobody.</param>
    public EncodedRow(RowComparison rows, Side side, ReadOnlySpan<byte> key, Func<int, ValueSink>? beside = null)
    {
        _bytes = new RowBuffer(key);
        _columns = [.. rows.Columns.Select((column, i) => beside is null ? column.Rule.Encoder(side, _bytes) : (ValueSink)new BothSinks(column.Rule.Encoder(side, _bytes), beside(i)))];
        _ends = new int[_columns.Length];
        _keyColumns = rows.KeyColumns;
    }

    /// <summary>The whole row.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Row;

    /// <summary>The comparison's key and the whole row: what is digested.</summary>
    public ReadOnlySpan<byte> Keyed => _bytes.Keyed;

    /// <summary>The columns of its key; the whole row where there is none.</summary>
    public ReadOnlySpan<byte> Key => _keyColumns == 0 ? _bytes.Row : _bytes.Row[.._ends[_keyColumns - 1]];

    /// <summary>Takes the reader's current row.</summary>
    public void Take(RowReader reader)
    {
        _bytes.Clear();
        for (var i = 0; i < _columns.Length; i++)
        {
            reader.Value(i, _columns[i]);
            _ends[i] = _bytes.Length;
        }
    }

    public UInt128 Digest() => RowDigest.Of(_bytes);

    /// <summary>The row, to be kept.</summary>
    public KeptRow Keep() => KeptRow.Of(this, _ends, _keyColumns);
}
