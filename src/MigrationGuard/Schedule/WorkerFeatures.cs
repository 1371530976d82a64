using Microsoft.Extensions.DependencyInjection;
using MigrationGuard.Configuration;
using MigrationGuard.Duties;
using MigrationGuard.Decommissioning.Partners;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Notifications;
using MigrationGuard.Watch;

namespace MigrationGuard.Schedule;

/// <summary>What the worker does, a line for each feature.</summary>
internal static class WorkerFeatures
{
    public static void Add(IServiceCollection services) => services
        .AddPeople()
        .AddObligations()
        .AddDeliveries()
        .AddPartnerClocks()
        .AddRunAlerts()
        .AddLedgerCheck()
        .AddClockCheck()
        .AddJobAlerts();

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
        return async stop => WorkerTelemetry.StepsWritten.Add((await desks.WriteWhatIsDueAsync(stop)).Steps);
    });

    private static IServiceCollection AddDeliveries(this IServiceCollection services) => services
        .AddSingleton(provider => new DeliveryChannels(
            Options(provider).Notifications,
            provider.GetRequiredService<PeopleDirectory>(),
            provider.GetRequiredService<LoadedConfiguration>().Directory,
            provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new DeliverySender(
            provider.GetRequiredService<LedgerStore>(),
            provider.GetRequiredService<DeliveryChannels>(),
            Options(provider).Notifications,
            WorkerIdentity.Current,
            provider.GetRequiredService<TimeProvider>()))
        .AddSweep("deliveries", provider =>
        {
            var sender = provider.GetRequiredService<DeliverySender>();
            return async stop =>
            {
                var report = await sender.SendDueAsync(stop);
                WorkerTelemetry.Deliveries.Add(report.Sent, new KeyValuePair<string, object?>("outcome", "sent"));
                WorkerTelemetry.Deliveries.Add(report.Failed, new KeyValuePair<string, object?>("outcome", "failed"));
            };
        });

    private static IServiceCollection AddPartnerClocks(this IServiceCollection services) => services.AddSweep("partners", provider => new PartnerClock(
        provider.GetRequiredService<LedgerStore>(),
        Options(provider).Comparisons,
        new PartnerNotices(provider.GetRequiredService<Audience>(), provider.GetRequiredService<Actor>(), Options(provider).Project.Name),
        provider.GetRequiredService<TimeProvider>()).RunAsync);

    private static IServiceCollection AddRunAlerts(this IServiceCollection services) => services.AddSweep("run-alerts", provider => new RunAlerts(
        provider.GetRequiredService<LedgerStore>(),
        provider.GetRequiredService<Audience>(),
        provider.GetRequiredService<Actor>(),
        Options(provider).Project.Name).RunAsync);

    private static IServiceCollection AddLedgerCheck(this IServiceCollection services) => services.AddSweep("ledger-check", provider => new LedgerCheck(
        provider.GetRequiredService<LedgerStore>(),
        provider.GetRequiredService<Audience>(),
        provider.GetRequiredService<Actor>(),
        provider.GetRequiredService<TimeProvider>(),
        TimeSpan.FromHours(Options(provider).Worker.LedgerCheckHours),
        Options(provider).Project.Name).RunAsync);

    private static IServiceCollection AddClockCheck(this IServiceCollection services) => services.AddSweep("clock", provider => new ClockCheck(
        provider.GetRequiredService<LedgerStore>(),
        provider.GetRequiredService<Audience>(),
        provider.GetRequiredService<Actor>(),
        provider.GetRequiredService<TimeProvider>(),
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

    private static MigrationGuardOptions Options(IServiceProvider provider) => provider.GetRequiredService<MigrationGuardOptions>();
}
