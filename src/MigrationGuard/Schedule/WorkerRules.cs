using MigrationGuard.Configuration;

namespace MigrationGuard.Schedule;

/// <summary>The rules of the worker's options.</summary>
internal static class WorkerRules
{
    // A timer can wait for 49 days; a worker that sweeps less often than daily would be late for every reminder.
    private const int MostSeconds = 86_400;

    public static IEnumerable<ConfigurationProblem> Check(WorkerOptions worker)
    {
        static string At(string option) => ConfigurationPlace.Below("Worker", option);
        var ranges = new[]
        {
            (nameof(worker.SweepSeconds), worker.SweepSeconds, MostSeconds),
            (nameof(worker.Concurrency), worker.Concurrency, 1000),
            (nameof(worker.ShutdownSeconds), worker.ShutdownSeconds, MostSeconds),
            (nameof(worker.LogRetainedDays), worker.LogRetainedDays, 36_500),
            (nameof(worker.ClusterCheckinSeconds), worker.ClusterCheckinSeconds, 3600),
        };
        if (ranges[0].Item2 < 1 || ranges[0].Item2 > MostSeconds)
            yield return OutOfRange(ranges[0]);
        if (worker.HealthUrl.Length > 0 && !IsListenable(worker.HealthUrl))
            yield return new(At(nameof(worker.HealthUrl)), "is not the address of a listener.", "Write http://, an address of this machine and a port, such as http://127.0.0.1:5170, or leave it empty.");
        foreach (var range in ranges[1..].Where(range => range.Item2 < 1 || range.Item2 > range.Item3))
            yield return OutOfRange(range);
        if (worker.LedgerCheckHours is not (> 0 and <= 10_000))
            yield return new(At(nameof(worker.LedgerCheckHours)), "is not more than 0 and at most 10000.", "Write after how many hours the ledger is verified again.");
        if (string.IsNullOrWhiteSpace(worker.LogDirectory))
            yield return new(At(nameof(worker.LogDirectory)), "is empty.", "Name the folder of the log files.");

        static ConfigurationProblem OutOfRange((string Name, int Value, int Most) range) =>
            new(At(range.Name), FormattableString.Invariant($"is not between 1 and {range.Most}."), "Correct it, or leave it out for its default.");
    }

    // No https: the certificate would have to be kept somewhere, and what is behind a proxy does not need one.
    private static bool IsListenable(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttp && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0;
}
