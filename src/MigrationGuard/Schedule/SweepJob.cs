using Quartz;

namespace MigrationGuard.Schedule;

/// <summary>The one job that sweeps are run by: its key's name is the sweep's.</summary>
[DisallowConcurrentExecution, PersistJobDataAfterExecution]
internal sealed class SweepJob(SweepRounds rounds) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var record = await rounds.RunAsync(context.JobDetail.Key.Name, SweepRecord.Read(context.JobDetail.JobDataMap), cancellationToken);
        record.Write(context.JobDetail.JobDataMap);
    }
}
