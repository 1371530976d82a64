using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MigrationGuard.Anchors;
using MigrationGuard.Configuration;
using MigrationGuard.Duties;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Decommissioning.Partners;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Notifications;
using MigrationGuard.Runs.Joined;
using MigrationGuard.Watch;

namespace MigrationGuard.Schedule;

/// <summary>What the worker does, a line for each feature.</summary>
internal static partial class WorkerFeatures
{
    public static void Add(IServiceCollection services) => services
        .AddPeople()
        .AddObligations()
        .AddDeliveries()
        .AddPartnerClocks()
        .AddRunAlerts()
        .AddLedgerCheck()
        .AddCheckpoints()
        .AddClockCheck()
        .AddJobAlerts()
        .AddScheduledRuns();

    private static IServiceCollection AddPeople(this IServiceCollection services) => services
        .AddSingleton(Actor.OfThisProcess())
        .AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<MigrationGuardOptions>();
            return new PeopleDirectory(options.People, options.Roles, TimeZoneInfo.FindSystemTimeZoneById(options.Project.TimeZone));
        })
        .AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<MigrationGuardOptions>().Notifications;
            return new Audience(provider.GetRequiredService<PeopleDirectory>(), Recipients.For(options), options.AlertRole);
        });

    private static IServiceCollection AddObligations(this IServiceCollection services) => services.AddSweep("obligations", provider =>
    {
        var desks = new DecommissioningDesks(
            provider.GetRequiredService<LoadedConfiguration>(),
            provider.GetRequiredService<LedgerStore>(),
            provider.GetRequiredService<ProgramContext>(),
            provider.GetRequiredService<Actor>());
        var log = Log(provider);
        return async stop =>
        {
            var written = await desks.WriteWhatIsDueAsync(stop);
            WorkerTelemetry.StepsWritten.Add(written.Steps);
            if (written != new SweepOutcome(0, 0, 0))
                Written(log, written.Steps, written.Moved, written.Withdrawn);
        };
    });

    private static IServiceCollection AddDeliveries(this IServiceCollection services) => services
        .AddSingleton(provider => new DeliveryChannels(
            Options(provider).Notifications,
            provider.GetRequiredService<PeopleDirectory>(),
            provider.GetRequiredService<LoadedConfiguration>().Directory,
            Time(provider)))
        .AddSingleton(provider => new DeliverySender(
            provider.GetRequiredService<LedgerStore>(),
            provider.GetRequiredService<DeliveryChannels>(),
            Options(provider).Notifications,
            WorkerIdentity.Current,
            Time(provider)))
        .AddSweep("deliveries", provider =>
        {
            var (sender, log, options) = (provider.GetRequiredService<DeliverySender>(), Log(provider), Options(provider).Notifications);
            if (options.Smtp is null && options.Webhooks.Count == 0)
                NobodyIsTold(log);
            return async stop =>
            {
                var report = await sender.SendDueAsync(stop);
                if (report.Sent > 0)
                    Sent(log, report.Sent);
                if (report.Failed > 0)
                    NotSent(log, report.Failed);
                WorkerTelemetry.Deliveries.Add(report.Sent, new KeyValuePair<string, object?>("outcome", "sent"));
                WorkerTelemetry.Deliveries.Add(report.Failed, new KeyValuePair<string, object?>("outcome", "failed"));
            };
        });

    private static IServiceCollection AddPartnerClocks(this IServiceCollection services) => services.AddSweep("partners", provider => new PartnerClock(
        provider.GetRequiredService<LedgerStore>(),
        Options(provider).Comparisons,
        new PartnerNotices(provider.GetRequiredService<Audience>(), provider.GetRequiredService<Actor>(), Options(provider).Project.Name),
        Time(provider)).RunAsync);

    private static IServiceCollection AddRunAlerts(this IServiceCollection services) => services.AddSweep("run-alerts", provider => new RunAlerts(
        provider.GetRequiredService<LedgerStore>(),
        provider.GetRequiredService<Audience>(),
        provider.GetRequiredService<Actor>(),
        Options(provider).Project.Name).RunAsync);

    private static IServiceCollection AddLedgerCheck(this IServiceCollection services) => services.AddSweep("ledger-check", provider => new LedgerCheck(
        provider.GetRequiredService<LedgerStore>(),
        provider.GetRequiredService<Audience>(),
        provider.GetRequiredService<Actor>(),
        Time(provider),
        TimeSpan.FromHours(Options(provider).Worker.LedgerCheckHours),
        Options(provider).Project.Name).RunAsync);

    private static IServiceCollection AddCheckpoints(this IServiceCollection services) => services.AddSweep("checkpoints", provider =>
    {
        var (configuration, options, context) = (provider.GetRequiredService<LoadedConfiguration>(), Options(provider).Checkpoints, provider.GetRequiredService<ProgramContext>());
        return new CheckpointSweep(
            provider.GetRequiredService<LedgerStore>(),
            CheckpointAnchors.Of(options, configuration.Directory),
            options.Mail,
            stop => CheckpointSigners.OfAsync(configuration, context, stop),
            provider.GetRequiredService<Audience>(),
            provider.GetRequiredService<Actor>(),
            Time(provider),
            TimeSpan.FromHours(options.EveryHours),
            Options(provider).Project.Name).RunAsync;
    });

    private static IServiceCollection AddClockCheck(this IServiceCollection services) => services.AddSweep("clock", provider => new ClockCheck(
        provider.GetRequiredService<LedgerStore>(),
        provider.GetRequiredService<Audience>(),
        provider.GetRequiredService<Actor>(),
        Time(provider),
        Options(provider).Project.Name).RunAsync);

    private static IServiceCollection AddJobAlerts(this IServiceCollection services) => services.AddSingleton(provider =>
    {
        var alerts = new JobAlerts(
            provider.GetRequiredService<LedgerStore>(),
            provider.GetRequiredService<Audience>(),
            provider.GetRequiredService<Actor>(),
            Options(provider).Project.Name);
        return new JobFailingListener((failing, stop) => alerts.TellAsync(failing.Job, failing.Failures, failing.Since, failing.Error, stop));
    });

    private static ILogger Log(IServiceProvider provider) => provider.GetRequiredService<ILoggerFactory>().CreateLogger("MigrationGuard.Worker");

    private static IServiceCollection AddScheduledRuns(this IServiceCollection services) => services
        .AddSingleton<WorkerShares>()
        .AddSingleton<RunsInHand>()
        .AddSingleton<JoinedRuns>()
        .AddSingleton<JoinedReading>()
        .AddSingleton<ItemJobs>()
        .AddSingleton<KeepingRuns>()
        .AddSingleton<ScheduledRuns>()
        .AddHostedService(provider => provider.GetRequiredService<WorkerPresence>())
        .AddSingleton<WorkerPresence>()
        .AddSweep("schedules", provider => provider.GetRequiredService<ScheduledRuns>().SweepAsync);

    private static MigrationGuardOptions Options(IServiceProvider provider) => provider.GetRequiredService<MigrationGuardOptions>();

    // The program's own: the one that the container holds is the scheduler's.
    private static TimeProvider Time(IServiceProvider provider) => provider.GetRequiredService<ProgramContext>().Time;

    [LoggerMessage(Level = LogLevel.Information, Message = "Obligations: {Steps} reminders and escalations written, {Moved} moved, {Withdrawn} withdrawn.")]
    private static partial void Written(ILogger log, int steps, int moved, int withdrawn);

    [LoggerMessage(Level = LogLevel.Information, Message = "Notifications: {Sent} sent.")]
    private static partial void Sent(ILogger log, int sent);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notifications: {Failed} not sent; they are tried again. See migrationguard notifications list.")]
    private static partial void NotSent(ILogger log, int failed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Neither mail nor a webhook is configured under Notifications: reminders are recorded, and nobody is told.")]
    private static partial void NobodyIsTold(ILogger log);
}
