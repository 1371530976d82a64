using System.Globalization;
using MigrationGuard.Runs.Joined;
using Quartz;

namespace MigrationGuard.Schedule;

/// <summary>Gives work on scheduled runs out to the workers, a Quartz job for each entity or query pair.</summary>
/// <remarks>The ledger knows what is to be done; a job that is lost is given out again by the next sweep.</remarks>
internal sealed class ItemJobs(ISchedulerFactory factory, WorkerShares shares)
{
    /// <summary>Jobs that read databases: how many a worker runs at once is limited for all of them together.</summary>
    public const string Group = "items";

    private const string Beginnings = "beginnings";

    // Long enough for whoever may read the databases to notice, and short beside what a run takes.
    private static readonly TimeSpan PutBackFor = TimeSpan.FromSeconds(2);

    /// <summary>Gives out items that have no job; the largest first.</summary>
    public async Task AddItemsAsync(IReadOnlyList<JoinedItem> undone, CancellationToken cancellationToken)
    {
        if (undone.Count == 0)
            return;
        var scheduler = await factory.GetScheduler(cancellationToken);
        var known = await scheduler.QueryJobs(new JobQuery { Group = GroupMatcher<JobKey>.GroupEquals(Group), Take = PagedQuery.All }, cancellationToken);
        var given = known.Items.Select(job => job.Key).ToHashSet();
        var now = TimeProvider.System.GetUtcNow();
        var jobs = new Dictionary<IJobDetail, IReadOnlyCollection<ITrigger>>();
        foreach (var (rank, item) in undone.OrderBy(item => item.Weight).ThenByDescending(item => item.Ordinal).Index())
        {
            var key = new JobKey(string.Create(CultureInfo.InvariantCulture, $"{item.Run}/{item.Ordinal}"), Group);
            if (!given.Contains(key))
                jobs[JobBuilder.Create<EntityJob>().WithIdentity(key).RequestRecovery().Build()] = [Trigger(key, now).WithPriority(rank + 1).Build()];
        }
        try
        {
            if (jobs.Count > 0)
                await scheduler.ScheduleJobs(jobs, new ScheduleJobOptions(), cancellationToken);
        }
        catch (ObjectAlreadyExistsException)
        {
            // The sweep and the beginning of a run met. What neither has given out is found by the next sweep.
        }
    }

    /// <summary>Gives out the beginning of a schedule's run, unless it is given out already.</summary>
    public async Task AddBeginningAsync(string schedule, CancellationToken cancellationToken)
    {
        var scheduler = await factory.GetScheduler(cancellationToken);
        var key = new JobKey(schedule, Beginnings);
        if (await scheduler.Exists(key, cancellationToken))
            return;
        var job = JobBuilder.Create<BeginningJob>().WithIdentity(key).Build();
        await scheduler.ScheduleJob(job, Trigger(key, TimeProvider.System.GetUtcNow()).Build(), new ScheduleJobOptions(), cancellationToken);
    }

    /// <summary>Puts a job that this worker has no connections for back, for the worker that always has some.</summary>
    public async Task PutBackAsync(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var later = Trigger(context.JobDetail.Key, TimeProvider.System.GetUtcNow() + PutBackFor).WithPriority(context.Trigger.Priority);
        if (shares.First is { } first && first != context.Scheduler.SchedulerInstanceId)
            later = later.WithPreferredNode(PreferredNode.For(first));
        await context.Scheduler.RescheduleJob(context.Trigger.Key, later.Build(), cancellationToken);
    }

    /// <summary>The run and the place in it that an item's job is about.</summary>
    public static (string Run, int Ordinal) IdOf(JobKey key)
    {
        var slash = key.Name.LastIndexOf('/');
        return (key.Name[..slash], int.Parse(key.Name.AsSpan(slash + 1), CultureInfo.InvariantCulture));
    }

    // One that waited long is not late: it keeps its place, which the misfire of a trigger would take from it.
    private static TriggerBuilder<IJob> Trigger(JobKey key, DateTimeOffset start) => TriggerBuilder.Create()
        .WithIdentity(key.Name, key.Group)
        .ForJob(key)
        .StartAt(start)
        .WithExecutionGroup(Group)
        .WithSchedule(SimpleScheduleBuilder.Create().WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires));
}

/// <summary>Reads one entity or query pair of a run: its key is the run's id and the item's place.</summary>
[DisallowConcurrentExecution]
internal sealed class EntityJob(JoinedReading reading, ItemJobs jobs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var (run, ordinal) = ItemJobs.IdOf(context.JobDetail.Key);
        if (!await reading.ReadAsync(run, ordinal, cancellationToken))
            await jobs.PutBackAsync(context, cancellationToken);
    }
}

/// <summary>Begins the run of a schedule: its key's name is the schedule's.</summary>
[DisallowConcurrentExecution]
internal sealed class BeginningJob(ScheduledRuns runs, WorkInHand work, ItemJobs jobs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        using var piece = work.Begin("schedule " + context.JobDetail.Key.Name);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, work.Abandoned);
        if (!await runs.BeginAsync(context.JobDetail.Key.Name, stop.Token))
            await jobs.PutBackAsync(context, stop.Token);
    }
}
