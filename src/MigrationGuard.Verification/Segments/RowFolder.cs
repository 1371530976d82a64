using MigrationGuard.Databases.Rows;
using MigrationGuard.Verification.Fingerprints;

namespace MigrationGuard.Verification.Segments;

/// <summary>Folds the rows of one side, one after another, into the leaves they belong to. One thread's.</summary>
internal sealed class RowFolder
{
    private readonly RowLayout _layout;
    private readonly LeafMap _leaves;
    private readonly (int From, int To) _range;
    private readonly EncodedRow _row;
    private readonly StreamedGroups? _groups;
    private readonly KeyPlaceSink? _place;
    private readonly LeafFolds _folds;

    /// <param name="range">The leaves that are read, half-open.</param>
    /// <param name="groups">Counts the same rows by group; null where they have been counted.</param>
    public RowFolder(RowLayout layout, LeafMap leaves, (int From, int To) range, EncodedRow row, StreamedGroups? groups)
    {
        (_layout, _leaves, _range, _row, _groups) = (layout, leaves, range, row, groups);
        _place = leaves.Kind == LeafKind.Place ? new KeyPlaceSink(layout.Order) : null;
        _folds = new LeafFolds(range.To - range.From);
    }

    /// <summary>The folds of the leaves, in their order, once all was read.</summary>
    public Fold[] Folds { get; private set; } = [];

    /// <summary>Reads to the end.</summary>
    public void Consume(RowReader reader)
    {
        while (reader.Read())
        {
            _row.Take(reader);
            _folds.Add(_row, LeafOf(reader) - _range.From);
            _groups?.Add(reader);
        }
        _groups?.Complete();
        Folds = _folds.Complete();
    }

    /// <summary>The leaf of the current row.</summary>
    public int LeafOf(RowReader reader)
    {
        switch (_leaves.Kind)
        {
            case LeafKind.Place:
                reader.Value(_layout.CutOrdinal, _place!);
                return _leaves.OfPlace(_place!.Place ?? 0, _range.From, _range.To);
            case LeafKind.Key:
                return _leaves.OfHash(ByteHash.Of(_row.Key));
            default:
                return _leaves.OfHash(ByteHash.Of(_row.Bytes));
        }
    }
}
