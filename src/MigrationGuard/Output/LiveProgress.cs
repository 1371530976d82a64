using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MigrationGuard.Output;

/// <summary>A bar with what is being read, what was found so far and the time left, redrawn in place.</summary>
public sealed class LiveProgress : Progress
{
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _outcomes = [];
    private readonly List<string> _underWay = [];
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _drawing;
    private readonly TaskCompletionSource _planned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _started;
    private int _readings;
    private int _finished;
    private long _rows;
    private long _rowsFinished;

    public LiveProgress(IAnsiConsole console, TimeProvider time)
    {
        _console = console;
        _time = time;
        _started = time.GetTimestamp();
        _drawing = Task.Run(DrawAsync);
    }

    public override void Planned(int readings, long approximateRows)
    {
        lock (_lock)
        {
            _readings = readings;
            _rows = approximateRows;
            _started = _time.GetTimestamp();
        }
        _planned.TrySetResult();
    }

    public override void Started(string reading)
    {
        lock (_lock)
            _underWay.Add(reading);
        Forecast?.Started(reading, _time.GetUtcNow());
    }

    public override void Finished(string reading, IReadOnlyList<CheckResult> results, long approximateRows)
    {
        lock (_lock)
        {
            _underWay.Remove(reading);
            _finished++;
            _rowsFinished += approximateRows;
            Forecast?.Finished(reading, _time.GetUtcNow());
            foreach (var result in results)
                _outcomes[result.Outcome.Name] = _outcomes.GetValueOrDefault(result.Outcome.Name) + 1;
        }
    }

    public override void Dispose()
    {
        _ended.Cancel();
        _drawing.GetAwaiter().GetResult();
        _ended.Dispose();
    }

    private async Task DrawAsync()
    {
        // The display draws itself from the line above its own on; that line is to be an empty one.
        _console.WriteLine();
        await _console.Live(Picture()).AutoClear(false).StartAsync(async live =>
        {
            while (!_ended.IsCancellationRequested)
            {
                live.UpdateTarget(Picture());
                live.Refresh();
                await Task.Delay(TimeSpan.FromMilliseconds(120), _time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            live.UpdateTarget(Picture());
            live.Refresh();
        });
    }

    private IRenderable Picture()
    {
        lock (_lock)
        {
            if (!_planned.Task.IsCompleted)
                return new Rows(new Markup("[grey]Reading both catalogues …[/]"));
            var lines = new List<IRenderable>
            {
                new Markup($"{Bar()} [bold]{_finished.ToString(CultureInfo.InvariantCulture)}[/] of {_readings.ToString(CultureInfo.InvariantCulture)}  {Markup.Escape(TimeLeft())}"),
                new Markup("  " + string.Join("  ", RunText.Severity.Select(Count).OfType<string>())),
            };
            if (_underWay.Count > 0)
                lines.Add(new Markup("[grey]  " + Markup.Escape(string.Join(", ", _underWay.Take(4)) + (_underWay.Count > 4 ? ", …" : "")) + "[/]").Overflow(Overflow.Ellipsis));
            return new Rows(lines);
        }
    }

    private string? Count(string outcome) =>
        _outcomes.TryGetValue(outcome, out var count) ? $"[{RunText.Colour(outcome)}]{count.ToString(CultureInfo.InvariantCulture)} {outcome}[/]" : null;

    private string Bar()
    {
        const int width = 30;
        var filled = (int)(width * Fraction());
        return $"[green]{new string('━', filled)}[/][grey]{new string('─', width - filled)}[/]";
    }

    // Rows say more than tables about the time: one table of activities can be most of the night.
    private double Fraction() => _rows > 0
        ? Math.Min(1, (_rowsFinished + ((double)_finished / Math.Max(1, _readings))) / (_rows + 1d))
        : _readings == 0 ? 1 : (double)_finished / _readings;

    private string TimeLeft()
    {
        var elapsed = _time.GetElapsedTime(_started);
        var done = Fraction();
        if (_finished == _readings)
            return string.Create(CultureInfo.InvariantCulture, $"in {Spelt(elapsed)}");
        if (Forecast is not null)
            return string.Create(CultureInfo.InvariantCulture, $"{Spelt(elapsed)} so far, {Forecast.Sentence(_time.GetUtcNow())}");
        return done < 0.01
            ? string.Create(CultureInfo.InvariantCulture, $"{Spelt(elapsed)} so far")
            : string.Create(CultureInfo.InvariantCulture, $"{Spelt(elapsed)} so far, about {Spelt(elapsed * ((1 - done) / done))} left");
    }

    private static string Spelt(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes:00} min")
        : time.TotalMinutes >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds:00} s")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");
}
