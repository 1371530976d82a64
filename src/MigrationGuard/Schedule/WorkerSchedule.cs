using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MigrationGuard.Databases;
using Quartz;

namespace MigrationGuard.Schedule;

/// <summary>The scheduler: starts every sweep again and again, on one worker at a time.</summary>
internal sealed partial class WorkerSchedule(
    ISchedulerFactory factory, IEnumerable<Sweep> sweeps, WorkerOptions options, WorkInHand inHand, ILogger<WorkerSchedule> log)
{
    public const string Group = "sweeps";

    private IScheduler? _scheduler;

    /// <summary>Whether it starts what is due; false before it was started and once it is stopping.</summary>
    public bool IsRunning => _scheduler is { Status: SchedulerStatus.Running };

    public static void Add(IServiceCollection services, ScheduleStore store, WorkerOptions options, int sweeps)
    {
        services.AddQuartz(quartz =>
        {
            var threads = options.Concurrency + sweeps;
            quartz.ConfigureScheduler(scheduler =>
            {
                scheduler.InstanceName = "MigrationGuard";
                // One process may hold several.
                scheduler.InstanceId = WorkerIdentity.Current + "-" + System.Security.Cryptography.RandomNumberGenerator.GetHexString(4, lowercase: true);
                // Sweeps fall due together: taken together, they cost one transaction instead of one each.
                scheduler.MaxBatchSize = threads;
                // What another worker gives out is seen when looked for, and not before.
                if (store.IsClustered)
                    scheduler.IdleWaitTime = TimeSpan.FromSeconds(options.ClusterCheckinSeconds);
            });
            quartz.UseDefaultThreadPool(threads);
            // The world's clock, whatever the program's is: it says how often to look, and never what is due.
            quartz.UseTimeProvider(TimeProvider.System);
            // Of the threads, so many are left that every sweep has one. Where several workers share connections, none is theirs yet.
            quartz.UseExecutionLimits(limits => limits.ForGroup(ItemJobs.Group, store.IsClustered ? 0 : options.Concurrency, ExecutionLimitScope.Node));
            quartz.UsePersistentStore(persistent =>
            {
                persistent.ConfigureStore(adoStore => adoStore.StoreJobDataAsStrings = true);
                UseStore(persistent, store);
                persistent.ProvisionSchema();
                if (store.IsClustered)
                    persistent.UseClustering(cluster => cluster.CheckinInterval = cluster.CheckinMisfireThreshold = TimeSpan.FromSeconds(options.ClusterCheckinSeconds));
            });
            quartz.AddJobType<SweepJob>();
            quartz.AddJobType<BeginningJob>();
            quartz.AddJobType<EntityJob>();
        });
    }

    /// <summary>Begins: every sweep at once, then every <see cref="WorkerOptions.SweepSeconds"/>.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _scheduler = await factory.GetScheduler(cancellationToken);
        foreach (var sweep in sweeps)
            await AddAsync(_scheduler, sweep, cancellationToken);
        await _scheduler.Start(cancellationToken);
    }

    /// <summary>Takes no new work, waits for what is in hand, and abandons what takes longer than <see cref="WorkerOptions.ShutdownSeconds"/>.</summary>
    public async Task StopAsync()
    {
        if (_scheduler is not { } scheduler)
            return;
        var limit = TimeSpan.FromSeconds(options.ShutdownSeconds);
        // The last of the time is for what is abandoned to stop the statements it has running elsewhere.
        var grace = TimeSpan.FromSeconds(Math.Min(5, options.ShutdownSeconds / 4.0));
        await QuietlyAsync(scheduler.Standby(CancellationToken.None).AsTask(), grace);
        if (!await inHand.WaitAsync(limit - grace))
        {
            Abandoning(log, inHand.Names);
            await inHand.AbandonAsync();
            if (!await inHand.WaitAsync(grace))
                Abandoned(log, inHand.Names);
        }
        await QuietlyAsync(scheduler.Shutdown(waitForJobsToComplete: false, CancellationToken.None).AsTask(), grace);
    }

    /// <summary>What is known of each sweep, by its name.</summary>
    public async Task<IReadOnlyDictionary<string, SweepRecord?>> RecordsAsync(CancellationToken cancellationToken)
    {
        var records = new SortedDictionary<string, SweepRecord?>(StringComparer.Ordinal);
        foreach (var sweep in sweeps)
        {
            var job = _scheduler is null ? null : await _scheduler.GetJobDetail(new JobKey(sweep.Name, Group), cancellationToken);
            records[sweep.Name] = job is null ? null : SweepRecord.Read(job.JobDataMap);
        }
        return records;
    }

    private static void UseStore(IPersistentStoreBuilder persistent, ScheduleStore store)
    {
        void From(DataSourceOptions source) => source.DataSourceFactory = _ => store.Connections;
        _ = store.Provider switch
        {
            Provider.SqlServer => persistent.UseSqlServer(From),
            Provider.PostgreSql => persistent.UsePostgres(From),
            _ => persistent.UseSqlite(From),
        };
    }

    private async Task AddAsync(IScheduler scheduler, Sweep sweep, CancellationToken cancellationToken)
    {
        var key = new JobKey(sweep.Name, Group);
        // A job that is there keeps what it knows of its last rounds.
        if (!await scheduler.Exists(key, cancellationToken))
        {
            var job = JobBuilder.Create<SweepJob>().WithIdentity(key).StoreDurably().RequestRecovery().Build();
            await scheduler.AddJob(job, new AddJobOptions { Replace = true }, cancellationToken);
        }
        var trigger = TriggerBuilder.Create()
            .WithIdentity(sweep.Name, Group)
            .ForJob(key)
            .StartNow()
            .WithSchedule(SimpleScheduleBuilder.Create()
                .WithInterval(TimeSpan.FromSeconds(options.SweepSeconds))
                .RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount))
            .Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Replace, cancellationToken);
    }

    // A store that is away must not keep the process from ending: whatever it holds of this worker, the others clean up.
    private async Task QuietlyAsync(Task task, TimeSpan limit)
    {
        try
        {
            await task.WaitAsync(limit);
        }
        catch (Exception e)
        {
            NotToldStore(log, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stopping took too long; these are being abandoned: {Jobs}. What they did is durable or undone, and the rest is done again.")]
    private static partial void Abandoning(ILogger log, IReadOnlyList<string> jobs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The process ends while these still run: {Jobs}.")]
    private static partial void Abandoned(ILogger log, IReadOnlyList<string> jobs);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The schedule's store could not be told that this worker stops.")]
    private static partial void NotToldStore(ILogger log, Exception exception);
}
