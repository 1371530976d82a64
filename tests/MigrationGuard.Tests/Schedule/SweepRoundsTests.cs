using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MigrationGuard.Schedule;
using MigrationGuard.Schedule.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Quartz;

namespace MigrationGuard.Tests.Schedule;

/// <summary>A round that fails is counted, told of from the third on, and forgotten with the first that ends well.</summary>
public sealed class SweepRoundsTests
{
    private static readonly SweepRecord Nothing = new(null, 0, null, null);

    private readonly List<JobFailing> _told = [];
    private readonly string _name = "sweep-" + Guid.NewGuid().ToString("N");
    private bool _fails;

    [Fact]
    public async Task Somebody_is_told_from_the_third_failure_in_a_row_on()
    {
        _fails = true;
        var record = Nothing;
        for (var round = 1; round <= 4; round++)
        {
            record = await Rounds().RunAsync(_name, record, CancellationToken.None);
            record.Failures.ShouldBe(round);
            _told.Count.ShouldBe(Math.Max(0, round - 2));
        }
        _told.Select(failing => failing.Since).Distinct().ShouldHaveSingleItem().ShouldBe(record.FailingSince!.Value);
        _told[0].ShouldBe(new JobFailing(_name, 3, record.FailingSince!.Value, "Password=***"));
    }

    [Fact]
    public async Task A_round_that_ends_well_ends_the_row()
    {
        _fails = true;
        var record = await Rounds().RunAsync(_name, await Rounds().RunAsync(_name, Nothing, CancellationToken.None), CancellationToken.None);
        _fails = false;
        record = await Rounds().RunAsync(_name, record, CancellationToken.None);
        (record.Failures, record.FailingSince, record.Error).ShouldBe((0, null, null));
        record.Finished.ShouldNotBeNull();
        _fails = true;
        (await Rounds().RunAsync(_name, record, CancellationToken.None)).Failures.ShouldBe(1);
        _told.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_is_told_may_fail_without_harm()
    {
        _fails = true;
        var rounds = Rounds(new JobFailingListener((_, _) => throw new InvalidOperationException("The store is away.")));
        (await rounds.RunAsync(_name, Nothing with { Failures = 5, FailingSince = DateTimeOffset.UnixEpoch }, CancellationToken.None)).Failures.ShouldBe(6);
    }

    [Fact]
    public async Task A_round_that_is_abandoned_is_neither_a_failure_nor_a_success()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        var before = Nothing with { Failures = 1, FailingSince = DateTimeOffset.UnixEpoch, Error = "x" };
        (await Rounds(run: token => Task.Delay(Timeout.Infinite, token)).RunAsync(_name, before, stop.Token)).ShouldBe(before);
    }

    [Fact]
    public void A_record_is_read_as_it_was_written()
    {
        var data = new JobDataMap();
        foreach (var record in new[] { new SweepRecord(DateTimeOffset.UnixEpoch, 3, DateTimeOffset.UnixEpoch.AddHours(1), "x"), Nothing })
        {
            record.Write(data);
            SweepRecord.Read(data).ShouldBe(record);
        }
    }

    [Fact]
    public async Task A_round_is_an_activity_and_is_counted_and_timed()
    {
        var activities = new ConcurrentBag<Activity>();
        var measured = new ConcurrentBag<(string Instrument, double Value, string? Outcome)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "MigrationGuard",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.OperationName.EndsWith(_name, StringComparison.Ordinal))
                    activities.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "MigrationGuard")
                    self.EnableMeasurementEvents(instrument);
            },
        };
        void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            if (all.GetValueOrDefault("sweep") == _name)
                measured.Add((instrument.Name, value, all.GetValueOrDefault("outcome")));
        }
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        meters.Start();

        await Rounds().RunAsync(_name, Nothing, CancellationToken.None);
        _fails = true;
        await Rounds().RunAsync(_name, Nothing, CancellationToken.None);

        activities.Select(activity => activity.Status).Order().ShouldBe([ActivityStatusCode.Unset, ActivityStatusCode.Error]);
        measured.Where(m => m.Instrument == "migrationguard.sweeps").Select(m => m.Outcome).Order().ShouldBe(["done", "failed"]);
        measured.Count(m => m.Instrument == "migrationguard.sweep.duration" && m.Value >= 0).ShouldBe(2);
    }

    private SweepRounds Rounds(JobFailingListener? listener = null, Func<CancellationToken, Task>? run = null) => new(
        [new Sweep(_name, run ?? (_ => _fails ? throw new InvalidOperationException("Password=abc") : Task.CompletedTask))],
        [listener ?? new JobFailingListener((failing, _) => { _told.Add(failing); return Task.CompletedTask; })],
        new WorkInHand(), new Secrets([]), TimeProvider.System, NullLogger<SweepRounds>.Instance);
}
