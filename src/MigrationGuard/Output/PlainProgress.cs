using System.Globalization;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Output;

/// <summary>A line for each reading that has finished, for logs and pipes.</summary>
public sealed class PlainProgress(TextWriter error, TimeProvider time) : Progress
{
    private readonly Lock _lock = new();
    private int _readings;
    private int _finished;

    public override void Planned(int readings, long approximateRows)
    {
        _readings = readings;
        Write(string.Create(CultureInfo.InvariantCulture, $"{readings} {(readings == 1 ? "reading" : "readings")} planned, about {approximateRows:N0} rows."));
        if (Forecast is not null)
            Write($"By {Forecast.By}: {Forecast.Sentence(time.GetUtcNow())}.");
    }

    public override void Started(string reading)
    {
        // A log of endings is enough; a terminal shows what is under way.
        Forecast?.Started(reading, time.GetUtcNow());
    }

    public override void Finished(string reading, IReadOnlyList<CheckResult> results, long approximateRows)
    {
        lock (_lock)
        {
            _finished++;
            Forecast?.Finished(reading, time.GetUtcNow());
            var outcomes = results.GroupBy(result => result.Outcome.Name).Select(group => group.Count() == 1 ? group.Key : string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}"));
            Write(string.Create(CultureInfo.InvariantCulture, $"[{_finished}/{_readings}] {reading}: {string.Join(", ", outcomes)} ({results.Max(result => result.Seconds):0.00} s){Expected()}"));
        }
    }

    private string Expected() => Forecast is null || _finished == _readings ? "" : ", " + Forecast.Sentence(time.GetUtcNow());

    public override void Dispose() => error.Flush();

    private void Write(string line)
    {
        lock (_lock)
            error.WriteLine(line);
    }
}
