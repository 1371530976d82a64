using System.Globalization;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Reports;

/// <summary>When a run would finish, for a reader.</summary>
public static class ForecastReading
{
    /// <summary>Such as <c>would finish at 04:10, window ends 06:00 (UTC)</c>.</summary>
    /// <param name="said">When it was said: moments a day or more from it are given with their day.</param>
    public static string Of(DateTimeOffset wouldFinish, DateTimeOffset windowEnds, DateTimeOffset said) =>
        $"would finish at {Clock(wouldFinish, said)}, window ends {Clock(windowEnds, said)} (UTC)";

    /// <summary>What was forecast when the run began, and what came of it.</summary>
    public static string Of(RunDocument run, RunForecast forecast)
    {
        var came = run.Finished is { } finished ? $" It finished at {Clock(finished, run.Started)}." : "";
        return $"Forecast by run {forecast.By}: {Of(forecast.WouldFinish, forecast.WindowEnds, run.Started)}.{came}";
    }

    private static string Clock(DateTimeOffset moment, DateTimeOffset said) =>
        moment.UtcDateTime.ToString(moment - said < TimeSpan.FromDays(1) ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
