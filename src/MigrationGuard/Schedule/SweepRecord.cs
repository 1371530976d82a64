using System.Globalization;
using Quartz;

namespace MigrationGuard.Schedule;

/// <summary>What is known of a sweep's last rounds, on whichever worker they were.</summary>
/// <param name="Finished">When a round last ended well; null when none did yet.</param>
/// <param name="Failures">Rounds that failed since.</param>
/// <param name="FailingSince">When the first of those failures was; null while there is none.</param>
/// <param name="Error">What the last failure said; null while there is none.</param>
/// <remarks>Kept in the job's own data, which Quartz makes durable together with the end of the round, for all workers to see.</remarks>
internal sealed record SweepRecord(DateTimeOffset? Finished, int Failures, DateTimeOffset? FailingSince, string? Error)
{
    public static SweepRecord Read(JobDataMap data) => new(
        Moment(data, nameof(Finished)),
        int.TryParse(Text(data, nameof(Failures)), NumberStyles.None, CultureInfo.InvariantCulture, out var failures) ? failures : 0,
        Moment(data, nameof(FailingSince)),
        Text(data, nameof(Error)));

    public void Write(JobDataMap data)
    {
        Put(data, nameof(Finished), Finished?.ToString("O", CultureInfo.InvariantCulture));
        Put(data, nameof(Failures), Failures == 0 ? null : Failures.ToString(CultureInfo.InvariantCulture));
        Put(data, nameof(FailingSince), FailingSince?.ToString("O", CultureInfo.InvariantCulture));
        Put(data, nameof(Error), Error);
    }

    public SweepRecord Succeeded(DateTimeOffset now) => new(now, 0, null, null);

    public SweepRecord Failed(DateTimeOffset now, string error) => this with { Failures = Failures + 1, FailingSince = FailingSince ?? now, Error = error };

    private static string? Text(JobDataMap data, string name) => data.TryGetValue(name, out var value) ? value as string : null;

    private static DateTimeOffset? Moment(JobDataMap data, string name) =>
        DateTimeOffset.TryParseExact(Text(data, name), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) ? moment : null;

    private static void Put(JobDataMap data, string name, string? value)
    {
        if (value is null)
            data.Remove(name);
        else
            data[name] = value;
    }
}
