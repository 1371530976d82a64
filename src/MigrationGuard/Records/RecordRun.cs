using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Retention.Records;
using MigrationGuard.Runs;

namespace MigrationGuard.Records;

/// <summary>Holds records in databases against the periods of their retention codes, and records what came of it.</summary>
internal sealed class RecordRun(LoadedConfiguration configuration, RecordsOptions options, LedgerStore store, TimeProvider time)
{
    /// <summary>Makes a run of it, which is in the ledger when this returns.</summary>
    /// <param name="scheduled">The time that it is made for; null where somebody asks for it.</param>
    /// <exception cref="ConfigurationException">A database's connection string cannot be read; nothing was recorded.</exception>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public async Task<RunDocument> VerifyAsync(string? label, Actor actor, ScheduledTime? scheduled, CancellationToken cancellationToken)
    {
        var databases = new Dictionary<string, Database>(StringComparer.OrdinalIgnoreCase);
        try
        {
            Open(databases);
            await store.RecordConfigurationAsync(configuration.Options, actor);
            var run = RunRecords.Begin(configuration.Options, RunKinds.Records, label, time);
            var report = await new RecordVerification(options, databases, time) { PresetCodes = RecordPresets.CodesOf(configuration) }.VerifyAsync(cancellationToken);
            return await store.RecordRunAsync(run with { Servers = report.Servers, Excluded = report.Excluded }, report.Results, actor, time, scheduled);
        }
        finally
        {
            foreach (var database in databases.Values)
                database.Dispose();
        }
    }

    private void Open(Dictionary<string, Database> databases)
    {
        var problems = new List<ConfigurationProblem>();
        var named = options.Entities.Values.SelectMany(entity => entity.Frozen is { } frozen ? new[] { entity.Database, frozen } : [entity.Database]).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, database) in configuration.Options.Databases.Where(database => named.Contains(database.Key)))
        {
            try
            {
                databases[name] = new Database(name, database.RelativeTo(configuration.Directory), time);
            }
            catch (DatabaseException e)
            {
                problems.Add(new ConfigurationProblem(e.Place, e.Problem, e.Remedy));
            }
        }
        if (problems.Count > 0)
            throw new ConfigurationException(problems);
    }
}
