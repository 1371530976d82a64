using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Rows;

namespace MigrationGuard.Retention.Records;

/// <summary>The records of the frozen copy, counted by what is due of them and by whether the live database still has them.</summary>
internal sealed class FrozenTally
{
    public long Records { get; private set; }

    /// <summary>Records that should have been deleted by now, in each by its own date.</summary>
    public long OverdueInBoth { get; private set; }

    /// <summary>Records that both have, with another date in the live database, or with one in only one of the two.</summary>
    public long Redated { get; private set; }

    /// <summary>Of these, records that should have been deleted by now by the frozen copy's date alone.</summary>
    public long OverdueBeforeRedated { get; private set; }

    /// <summary>Records that should have been deleted by now in both, but for their rows in the live database being none that are looked at any more.</summary>
    public long OverdueAndLeftOut { get; private set; }

    /// <summary>Records that the live database has deleted, when it might.</summary>
    public long Drift { get; private set; }

    /// <summary>Records that the live database has deleted, before it might.</summary>
    public long TooEarly { get; private set; }

    /// <summary>Records that both still have, whose period ends within the time that is looked ahead.</summary>
    public long Soon { get; private set; }

    public long UndatedGone { get; private set; }

    public long UnreadableGone { get; private set; }

    /// <summary>Records gone, unless another spelling in the live database is theirs.</summary>
    public long Alike { get; private set; }

    /// <summary>Records that share their key with others.</summary>
    public long Repeated { get; private set; }

    /// <summary>Rows of either side whose key cannot be compared.</summary>
    public long Unclear { get; set; }

    public bool TookZone { get; set; }

    public void Add(Standing standing, bool isAlike)
    {
        Records++;
        if (standing.HasFlag(Standing.Repeated))
            Repeated++;
        else if (standing.HasFlag(Standing.Live))
            AddLive(standing);
        else if (isAlike)
            Alike++;
        else if (standing.HasFlag(Standing.Unreadable))
            UnreadableGone++;
        else if (standing.HasFlag(Standing.Undated))
            UndatedGone++;
        else if (standing.HasFlag(Standing.MayBeGone))
            Drift++;
        else
            TooEarly++;
    }

    private void AddLive(Standing standing)
    {
        var isRedated = !standing.HasFlag(Standing.SameDate);
        if (isRedated)
            Redated++;
        switch (standing & (Standing.Overdue | Standing.OverdueLive | Standing.RecordLive))
        {
            case Standing.Overdue | Standing.OverdueLive | Standing.RecordLive:
                OverdueInBoth++;
                break;
            case Standing.Overdue | Standing.OverdueLive:
                OverdueAndLeftOut++;
                break;
            case Standing.Overdue or (Standing.Overdue | Standing.RecordLive) when isRedated:
                OverdueBeforeRedated++;
                break;
        }
        if (standing.HasFlag(Standing.EndsSoon))
            Soon++;
    }
}

/// <summary>Holds the records of a frozen copy against the keys of the live database.</summary>
/// <remarks>
/// Both are streamed and paired here. Keys are not sent to the other side to be looked up: they may be somebody's, and would stay in its
/// logs and statistics, and only here is it decided alike for all engines what is one key.
/// </remarks>
internal sealed class FrozenComparison(RecordPlace frozen, RecordPlace live, IReadOnlyList<KeyPair> key, Deadline deadline, int keysAtOnce)
{
    /// <summary>What is held of a million keys is about a hundred megabytes.</summary>
    public const int KeysAtOnce = 1_000_000;

    private readonly IReadOnlyList<KeyKind> _kinds = [.. key.Select(pair => pair.Kind)];
    private readonly IReadOnlyList<Column> _frozenKey = [.. key.Select(pair => pair.Frozen)];
    private readonly IReadOnlyList<Column> _liveKey = [.. key.Select(pair => pair.Live)];

    public RowQuery FrozenQuery => frozen.KeysAndDates(_frozenKey);

    public RowQuery LiveQuery => live.AllKeysAndDates(_liveKey);

    /// <exception cref="DatabaseException">A database could not be reached or refused.</exception>
    public async Task<FrozenTally> CompareAsync(CancellationToken cancellationToken)
    {
        var tally = new FrozenTally();
        var parts = 1;
        for (var part = 0; part < parts; part++)
        {
            // First the copy, then the live database as it is by then: a copy that is still being made holds nothing that the other cannot have.
            var (table, unclear, tookZone) = await ReadFrozenAsync(parts, part, cancellationToken);
            parts = table.Parts;
            var unclearLive = await MeetLiveAsync(table, cancellationToken);
            await MeetRecordsAsync(table, cancellationToken);
            foreach (var (standing, isAlike) in table.Records())
                tally.Add(standing, isAlike);
            // Each part reads them anew.
            (tally.Unclear, tally.TookZone) = (unclear + unclearLive, tookZone);
        }
        return tally;
    }

    private Task<(KeyTable Table, long Unclear, bool TookZone)> ReadFrozenAsync(int parts, int part, CancellationToken cancellationToken) =>
        frozen.Database.ReadAsync(
            async (session, token) =>
            {
                var (table, date, unclear) = (new KeyTable(parts, part, keysAtOnce, _kinds.Any(KeyKinds.IsText)), new DateSink(session.Zone), 0L);
                await session.ReadRowsAsync(FrozenQuery, rows => unclear = ReadFrozen(rows, table, date), token);
                return (table, unclear, date.TookZone);
            },
            cancellationToken);

    private long ReadFrozen(RowReader rows, KeyTable table, DateSink date)
    {
        var (keys, unclear) = (new KeyReading(_kinds), 0L);
        while (rows.Read())
        {
            if (keys.Of(rows) is not { } read)
            {
                unclear++;
                continue;
            }
            rows.Value(_kinds.Count, date);
            table.Add(read, StandingOf(date), date.Date);
        }
        return unclear;
    }

    private Standing StandingOf(DateSink date)
    {
        if (date.Value is not { } from)
            return date.IsUnreadable ? Standing.Unreadable : Standing.Undated;
        return (deadline.MayBeGone(from) ? Standing.MayBeGone : 0) | (deadline.IsOverdue(from) ? Standing.Overdue : 0) | (deadline.EndsSoon(from) ? Standing.EndsSoon : 0);
    }

    private Task<long> MeetLiveAsync(KeyTable table, CancellationToken cancellationToken) =>
        live.Database.ReadAsync(
            async (session, token) =>
            {
                var (date, unclear) = (new DateSink(session.Zone), 0L);
                await session.ReadRowsAsync(LiveQuery, rows => unclear = MeetLive(rows, table, date), token);
                return unclear;
            },
            cancellationToken,
            Freshness.Fresh);

    private long MeetLive(RowReader rows, KeyTable table, DateSink date)
    {
        var (keys, unclear) = (new KeyReading(_kinds), 0L);
        while (rows.Read())
        {
            if (keys.Of(rows) is not { } read)
            {
                unclear++;
                continue;
            }
            rows.Value(_kinds.Count, date);
            table.Meet(read, date.Date, date.Value is { } from && deadline.IsOverdue(from));
        }
        return unclear;
    }

    // Only where it matters: which rows the filter picks is the engine's to say, and that is one more reading.
    private async Task MeetRecordsAsync(KeyTable table, CancellationToken cancellationToken)
    {
        if (!table.Records().Any(record => record.Standing.HasFlag(Standing.OverdueLive)))
            return;
        await live.Database.ReadAsync(
            async (session, token) =>
            {
                await session.ReadRowsAsync(live.KeysAndDates(_liveKey), rows => MeetRecords(rows, table), token);
                return true;
            },
            cancellationToken,
            Freshness.Fresh);
    }

    private void MeetRecords(RowReader rows, KeyTable table)
    {
        var keys = new KeyReading(_kinds);
        while (rows.Read())
        {
            if (keys.Of(rows) is { } read)
                table.MeetRecord(read);
        }
    }
}

/// <summary>A column of the key, on both sides.</summary>
internal sealed record KeyPair(Column Frozen, Column Live, KeyKind Kind);
