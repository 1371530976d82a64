using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Runs;

/// <summary>When a run would finish, by how long an earlier one took for the same tables and queries.</summary>
/// <remarks>
/// A table is expected to take what it took then, times how many more rows it has now; one that was not there, what its rows took on
/// average. As readings go on beside each other, their sum is brought down to the earlier run's wall time, and corrected by how
/// fast this run turns out to be.
/// </remarks>
public sealed class Forecast
{
    // Below this share of the work, how fast it was says more of the first small tables than of the night.
    private const double EnoughToJudge = 0.1;

    // Ten years: more is as good as never, and far from where moments end.
    private const double MostSeconds = 10 * 365 * 86_400d;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _expected;
    private readonly Dictionary<string, DateTimeOffset> _underWay = [];
    private readonly double _overlap;
    private double _expectedOfFinished;
    private double _tookOfFinished;

    private Forecast(string by, Dictionary<string, double> expected, double overlap, DateTimeOffset windowEnds) =>
        (By, _expected, _overlap, WindowEnds) = (by, expected, overlap, windowEnds);

    /// <summary>The earlier run, as sentences name it.</summary>
    public string By { get; }

    /// <summary>When the run has to have finished.</summary>
    public DateTimeOffset WindowEnds { get; }

    /// <param name="earlier">A finished run with its results.</param>
    /// <param name="readings">What this run is still to read, with its rows by metadata; 0 where they are unknown.</param>
    /// <param name="comparesRows">Whether this run compares rows, and not only counts them.</param>
    /// <param name="windowEnds">When this run has to have finished.</param>
    /// <returns>Null when nothing of what is to be read can be told from the earlier run: it read nothing to its end, or counted rows where this run compares them.</returns>
    public static Forecast? Of(RunDocument earlier, IEnumerable<(string Name, long Rows)> readings, bool comparesRows, DateTimeOffset windowEnds)
    {
        // A reading that failed or was stopped says nothing of how long it takes; one that only counted takes a part of comparing.
        var took = earlier.Results
            .GroupBy(NameOf, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.All(result => result.Outcome is not CheckOutcome.NotChecked))
            .Where(group => !comparesRows || group.Any(result => result.Entity is null || result.Check == CheckNames.Fingerprint))
            .ToDictionary(group => group.Key, group => (Seconds: group.Max(result => result.Seconds), Rows: group.Max(Rows)), StringComparer.OrdinalIgnoreCase);
        if (took.Count == 0)
            return null;
        var sum = took.Values.Sum(reading => reading.Seconds);
        var perRow = sum / Math.Max(1, took.Values.Sum(reading => reading.Rows));
        var each = sum / Math.Max(1, took.Count);
        var expected = readings.ToDictionary(reading => reading.Name, reading => Expected(reading.Name, reading.Rows), StringComparer.Ordinal);
        var wall = ((earlier.Finished ?? earlier.Started) - earlier.Started).TotalSeconds;
        // A run that was resumed lay still for a while: no run takes longer than one reading after the other.
        var overlap = sum > 0 ? Math.Clamp(wall / sum, 0.01, 1) : 1;
        return new Forecast(earlier.Label ?? earlier.Run, expected, overlap, windowEnds);

        double Expected(string name, long rows)
        {
            if (!took.TryGetValue(name, out var then))
                return rows > 0 ? rows * perRow : each;
            return rows > 0 && then.Rows > 0 ? then.Seconds * rows / then.Rows : then.Seconds;
        }
    }

    /// <summary>A reading has begun; what it takes from now on is taken off what is expected of it.</summary>
    public void Started(string reading, DateTimeOffset now)
    {
        lock (_lock)
            _underWay[reading] = now;
    }

    /// <summary>A reading is done; how long it took corrects what is expected of those that are left. One that is not of this run changes nothing.</summary>
    public void Finished(string reading, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (!_expected.Remove(reading, out var expected))
                return;
            _expectedOfFinished += expected;
            _tookOfFinished += _underWay.Remove(reading, out var started) ? (now - started).TotalSeconds : expected;
        }
    }

    /// <summary>When it would finish, as things stand.</summary>
    public DateTimeOffset At(DateTimeOffset now)
    {
        lock (_lock)
        {
            var left = _expected.Select(reading => Math.Max(0, (reading.Value * Pace()) - Elapsed(reading.Key, now))).ToList();
            // All that is left beside each other, but no less than the longest of it alone.
            return now + TimeSpan.FromSeconds(left.Count == 0 ? 0 : Math.Min(MostSeconds, Math.Max(left.Sum() * _overlap, left.Max())));
        }
    }

    /// <summary>Such as <c>would finish at 04:10, window ends 06:00 (UTC)</c>.</summary>
    public string Sentence(DateTimeOffset now) => ForecastReading.Of(At(now), WindowEnds, now);

    private double Pace()
    {
        var all = _expectedOfFinished + _expected.Values.Sum();
        return _expectedOfFinished > 0 && _expectedOfFinished >= all * EnoughToJudge ? _tookOfFinished / _expectedOfFinished : 1;
    }

    private double Elapsed(string reading, DateTimeOffset now) => _underWay.TryGetValue(reading, out var started) ? (now - started).TotalSeconds : 0;

    private static string NameOf(CheckResult result) => $"{result.Comparison} / {result.Entity ?? result.Check}";

    private static double Rows(CheckResult result) => new[] { result.Source, result.Target }.Max(side => side?.GetValueOrDefault("rows")?.Number ?? 0);
}
