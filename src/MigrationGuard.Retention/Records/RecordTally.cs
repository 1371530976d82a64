using MigrationGuard.Databases.Rows;

namespace MigrationGuard.Retention.Records;

/// <summary>The records of a place, counted by what is due of them.</summary>
internal sealed class RecordTally
{
    private readonly Deadline _deadline;

    private RecordTally(Deadline deadline) => _deadline = deadline;

    public long Records { get; private set; }

    /// <summary>Records that should have been deleted by now.</summary>
    public long Past { get; private set; }

    public long Undated { get; private set; }

    /// <summary>Records whose date cannot be read.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Records whose date is still to come.</summary>
    public long ToCome { get; private set; }

    public DateTimeOffset? Oldest { get; private set; }

    /// <summary>Whether dates were taken for those of the database's zone, which they did not say.</summary>
    public bool TookZone { get; private set; }

    /// <summary>Reads all records of a place, holding none of them.</summary>
    /// <exception cref="Databases.DatabaseException">The database could not be reached or refused.</exception>
    public static Task<RecordTally> ReadAsync(RecordPlace place, Deadline deadline, CancellationToken cancellationToken) =>
        place.Database.ReadAsync(
            async (session, token) =>
            {
                var (tally, date) = (new RecordTally(deadline), new DateSink(session.Zone));
                await session.ReadRowsAsync(place.Dates, rows => tally.Add(rows, date), token);
                return tally;
            },
            cancellationToken);

    private void Add(RowReader rows, DateSink date)
    {
        while (rows.Read())
        {
            rows.Value(0, date);
            Records++;
            if (date.Value is { } from)
                Add(from);
            else if (date.IsUnreadable)
                Unreadable++;
            else
                Undated++;
        }
        TookZone = date.TookZone;
    }

    private void Add(DateTimeOffset from)
    {
        if (Oldest is null || from < Oldest)
            Oldest = from;
        if (_deadline.IsOverdue(from))
            Past++;
        else if (_deadline.IsToCome(from))
            ToCome++;
    }
}
