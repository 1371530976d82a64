using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Segments;

/// <summary>The rows of both sides that one reading brings to be compared one by one, as long as there is memory for them.</summary>
/// <param name="most">Bytes that they may take.</param>
/// <param name="areAlike">Whether many may be the same, as rows without a key may: those are held once.</param>
/// <remarks>
/// A table says how many rows a part of it has, never how large they are: so what is held is measured while it comes. What is too
/// much is let go and only measured, and says how much less to ask for. Each side is one thread's.
/// </remarks>
internal sealed class HeldRows(long most, bool areAlike)
{
    // What a row's objects take beside its bytes, here and while it is merged.
    private const int Overhead = 256;

    private readonly OneSide[] _sides = [new(areAlike), new(areAlike)];
    private volatile bool _isOver;

    /// <summary>Bytes that the rows take, or would have taken.</summary>
    public long Bytes => Interlocked.Read(ref _sides[0].Bytes) + Interlocked.Read(ref _sides[1].Bytes);

    /// <summary>Whether they were too many, and nothing is held.</summary>
    public bool IsOver => _isOver;

    /// <summary>Forgets what a reading of a side brought that broke off.</summary>
    public void Begin(Side side) => _sides[(int)side] = new OneSide(areAlike);

    public void Add(Side side, KeptRow row)
    {
        var rows = _sides[(int)side];
        if (_isOver)
            rows.Clear();
        var added = rows.Add(row, isHeld: !_isOver);
        Interlocked.Add(ref rows.Bytes, added);
        // Never set back: the other side may have let its rows go.
        if (Bytes > most)
            _isOver = true;
    }

    /// <summary>The rows of a side; none when they were too many.</summary>
    public IReadOnlyList<KeptRow> On(Side side) => _isOver ? [] : _sides[(int)side].Rows;

    private sealed class OneSide(bool areAlike)
    {
        private readonly HashSet<KeptRow>? _different = areAlike ? new HashSet<KeptRow>(SameRow.Instance) : null;

        public long Bytes;

        public List<KeptRow> Rows { get; private set; } = [];

        /// <returns>The bytes that the row takes.</returns>
        public long Add(KeptRow row, bool isHeld)
        {
            if (_different is not null && _different.TryGetValue(row, out var same))
            {
                Rows.Add(same);
                return IntPtr.Size;
            }
            if (isHeld)
            {
                _different?.Add(row);
                Rows.Add(row);
            }
            return row.Size + Overhead;
        }

        public void Clear()
        {
            if (Rows.Count == 0)
                return;
            Rows = [];
            _different?.Clear();
        }
    }

    private sealed class SameRow : IEqualityComparer<KeptRow>
    {
        public static readonly SameRow Instance = new();

        // Rows that are shown may look different and be the same: an offset of a moment that is not compared.
        public bool Equals(KeptRow? x, KeptRow? y) => x!.Bytes.AsSpan().SequenceEqual(y!.Bytes);

        public int GetHashCode(KeptRow row) => ByteHash.Of(row.Bytes);
    }
}
