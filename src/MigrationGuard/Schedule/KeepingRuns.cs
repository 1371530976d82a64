using Microsoft.Extensions.Logging;
using MigrationGuard.Backups;
using MigrationGuard.Configuration;
using MigrationGuard.Files;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Records;
using MigrationGuard.Runs;

namespace MigrationGuard.Schedule;

/// <summary>Verifies by schedule what is kept: back-ups, files, records. One worker makes the whole run, as if somebody had asked for it.</summary>
/// <remarks>
/// What is read, and how long that takes, is mostly up to stores and not to databases' connections, so nothing is shared out. A worker that dies
/// leaves nothing behind, and the next sweep begins again.
/// </remarks>
internal sealed partial class KeepingRuns(LoadedConfiguration configuration, LedgerStore store, Actor actor, ProgramContext program, ILogger<KeepingRuns> log)
{
    /// <exception cref="ConfigurationException">What is configured cannot be read or opened.</exception>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public async Task VerifyAsync(ScheduledWork what, ScheduledTime time, CancellationToken cancellationToken)
    {
        var label = "schedule:" + time.Schedule;
        var run = what switch
        {
            ScheduledWork.Backups => await new BackupRun(configuration, store, program.Time).VerifyAsync(anew: false, label, actor, time, cancellationToken),
            ScheduledWork.Files => (await new FileRun(configuration, FilePresets.Of(configuration).Whole, store, program.Time).VerifyAsync(label, actor, time, cancellationToken)).Run,
            ScheduledWork.Records => await new RecordRun(configuration, RecordPresets.Of(configuration).Whole, store, program.Time).VerifyAsync(label, actor, time, cancellationToken),
            _ => throw new InvalidOperationException($"{what} are not verified as a whole."),
        };
        Finished(log, time.Schedule, Moments.Text(time.Due), run.Run, run.Verdict.Spelt());
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Schedule {Schedule}, due {Due}: run {Run} is finished: {Verdict}.")]
    private static partial void Finished(ILogger log, string schedule, string due, string run, string verdict);
}
