namespace MigrationGuard.Retention.Records;

/// <summary>What is known of a record of the frozen copy.</summary>
[Flags]
internal enum Standing
{
    None = 0,

    /// <summary>It may be gone by now.</summary>
    MayBeGone = 1,

    /// <summary>It should have been deleted by now.</summary>
    Overdue = 2,

    /// <summary>Its period ends within the time that is looked ahead.</summary>
    EndsSoon = 4,

    /// <summary>It has no date.</summary>
    Undated = 8,

    /// <summary>It has a date that cannot be read.</summary>
    Unreadable = 16,

    /// <summary>Its key occurs more than once.</summary>
    Repeated = 32,

    /// <summary>The live database has it.</summary>
    Live = 64,

    /// <summary>The live database has it with the same date, or without one as here.</summary>
    SameDate = 128,

    /// <summary>By the live database's own date it should have been deleted there by now.</summary>
    OverdueLive = 256,

    /// <summary>It is a record in the live database too: its row there is one of those that are looked at.</summary>
    RecordLive = 512,
}

/// <summary>A part of the frozen copy's records by their keys, small enough to be held at once.</summary>
/// <remarks>
/// Keys are parted by their digests, evenly and alike on both sides, whatever they are. How many parts it takes is found while the first
/// is read: whenever it grows too large, it gives up half of its keys to a part that is read later.
/// </remarks>
internal sealed class KeyTable
{
    // Beyond any table there is; without an end, keys that are all alike would be parted for ever.
    private const int MostParts = 1 << 16;

    private readonly int _atOnce;
    private readonly int _part;
    private readonly bool _hasText;
    private readonly Dictionary<UInt128, Held> _records = [];
    private readonly HashSet<UInt128> _alike = [];
    private HashSet<UInt128>? _loose;

    /// <param name="parts">Into how many parts keys are parted; a power of two.</param>
    /// <param name="part">Which of them this is, from 0: only the first may part keys further.</param>
    /// <param name="atOnce">Keys that may be held at once.</param>
    /// <param name="hasText">Whether keys hold text, so that two of them may differ and yet be alike.</param>
    public KeyTable(int parts, int part, int atOnce, bool hasText) => (Parts, _part, _atOnce, _hasText) = (parts, part, atOnce, hasText);

    public int Parts { get; private set; }

    /// <summary>Adds a record of the frozen copy, if its key is of this part.</summary>
    /// <param name="date">Its date there; null where it has none, or none that can be read.</param>
    public void Add(RecordKey key, Standing standing, RecordDate? date = null)
    {
        if (!IsMine(key.Loose))
            return;
        if (_records.TryGetValue(key.Exact, out var known))
            _records[key.Exact] = known with { Standing = known.Standing | Standing.Repeated };
        else
            _records.Add(key.Exact, new Held(standing, key.Loose, date));
        while (_part == 0 && _records.Count > _atOnce && Parts < MostParts)
            GiveUpHalf();
    }

    /// <summary>Says that the live database has a row of this key.</summary>
    /// <param name="date">Its date there; null where it has none, or none that can be read.</param>
    /// <param name="isOverdue">Whether by that date it should have been deleted by now.</param>
    public void Meet(RecordKey key, RecordDate? date = null, bool isOverdue = false)
    {
        if (!IsMine(key.Loose))
            return;
        if (_records.TryGetValue(key.Exact, out var known))
            _records[key.Exact] = known with { Standing = known.Standing | Standing.Live | (RecordDate.AreSame(known.Date, date) ? Standing.SameDate : 0) | (isOverdue ? Standing.OverdueLive : 0) };
        else if (_hasText && (_loose ??= [.. _records.Values.Select(record => record.Loose)]).Contains(key.Loose))
            _alike.Add(key.Loose);
    }

    /// <summary>Says that the live database's row of this key is one of those that are looked at.</summary>
    public void MeetRecord(RecordKey key)
    {
        if (IsMine(key.Loose) && _records.TryGetValue(key.Exact, out var known))
            _records[key.Exact] = known with { Standing = known.Standing | Standing.RecordLive };
    }

    /// <summary>Every record of the part, and whether the live database has one that is the same but for case, accents or spaces.</summary>
    public IEnumerable<(Standing Standing, bool IsAlike)> Records() => _records.Values.Select(record => (record.Standing, _alike.Contains(record.Loose)));

    private bool IsMine(UInt128 loose) => (int)(loose & (uint)(Parts - 1)) == _part;

    private void GiveUpHalf()
    {
        Parts *= 2;
        foreach (var (key, _) in _records.Where(record => !IsMine(record.Value.Loose)).ToList())
            _records.Remove(key);
    }

    private readonly record struct Held(Standing Standing, UInt128 Loose, RecordDate? Date);
}
