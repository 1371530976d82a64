namespace MigrationGuard.Retention.Chains;

/// <summary>What is known of a server's local time, from the zones that its back-ups began in.</summary>
/// <remarks>
/// A header has the zone at its back-up's start and no other, so a start is exact, and an end is not: where clocks were set back
/// meanwhile it reads an hour too early, even if it comes after the start. Taken as it stands, moments would be claimed that the
/// back-up is too recent for. The first back-up that began an hour or more after the end shows whether that can have been.
/// </remarks>
internal sealed class ServerClock
{
    /// <summary>By how much clocks are set back at most.</summary>
    private static readonly TimeSpan LongestStep = TimeSpan.FromHours(1);

    private readonly (DateTimeOffset Started, TimeSpan Zone)[] _known;
    private readonly DateTimeOffset _now;

    public ServerClock(IEnumerable<BackupFile> filesOfTheServer, DateTimeOffset now)
    {
        _known = [.. filesOfTheServer.Where(file => file.Header.IsZoneKnown).Select(file => (file.Header.Started.ToUniversalTime(), file.Header.Started.Offset)).OrderBy(known => known.Item1)];
        _now = now.ToUniversalTime();
    }

    /// <summary>The latest moment at which the back-up can have ended, or null where what it says is not to be believed.</summary>
    public DateTimeOffset? LatestEnd(BackupSet set)
    {
        if (set.Finished is not { } finished || !set.Header.IsZoneKnown)
            return null;
        if (ZoneAt(finished + LongestStep) is not { } zone)
            return finished < set.Started ? null : WithoutEvidence(finished);
        var setBack = set.Header.Started.Offset - zone;
        var latest = setBack > TimeSpan.Zero ? finished + setBack : finished;
        return latest < set.Started ? null : latest;
    }

    /// <summary>The zone of the first back-up that began then or later.</summary>
    private TimeSpan? ZoneAt(DateTimeOffset moment)
    {
        int low = 0, high = _known.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_known[middle].Started < moment)
                low = middle + 1;
            else
                high = middle;
        }

        return low < _known.Length ? _known[low].Zone : null;
    }

    /// <summary>No later back-up shows the zone, but what is here now has ended by now.</summary>
    private DateTimeOffset WithoutEvidence(DateTimeOffset finished) =>
        finished + LongestStep < _now ? finished + LongestStep : finished < _now ? _now : finished;
}
