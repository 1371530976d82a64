using MigrationGuard.Configuration;
using MigrationGuard.Decommissioning.Assets;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Decommissioning.Reviews;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Notifications;
using MigrationGuard.Runs;

namespace MigrationGuard.Duties;

/// <summary>What decides and lists assets, reviews and obligations, put together from the configuration.</summary>
internal sealed class DecommissioningDesks
{
    // What the worker would write depends on these; a password that is missing here does not matter to it.
    private static readonly string[] Sections = ["Project", "People", "Roles", "Assets", "Reviews", "Obligations", "Notifications"];

    private static readonly string[] Secrets = ["Password", "Secret", "Url"];

    private readonly LoadedConfiguration _configuration;
    private readonly LedgerStore _store;
    private readonly ProgramContext _context;

    public DecommissioningDesks(LoadedConfiguration configuration, LedgerStore store, ProgramContext context, Actor actor)
    {
        (_configuration, _store, _context, Actor) = (configuration, store, context, actor);
        var options = configuration.Options;
        // A zone that is not known here is among the configuration's problems, and then nothing is written.
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(options.Project.TimeZone, out var known) ? known : TimeZoneInfo.Utc;
        People = new PeopleDirectory(options.People, options.Roles, zone);
        var audience = new Audience(People, Recipients.For(options.Notifications), options.Notifications.AlertRole);
        Sweep = new ObligationSweep(store, audience, Program, context.Time);
        Assets = new AssetRegister(store, People, options.Reviews.KeepBeyondLimitBy, audience);
        Reviews = new ReviewDesk(store, People, options.Reviews, audience, options.Project.Name, context.Time);
        Obligations = new ObligationDesk(store, People, audience);
    }

    public Actor Actor { get; }

    public PeopleDirectory People { get; }

    public AssetRegister Assets { get; }

    public ReviewDesk Reviews { get; }

    public ObligationDesk Obligations { get; }

    /// <summary>What recurs by the configuration alone.</summary>
    public IReadOnlyList<ObligationSeries> ConfiguredObligations => Decommissioning.Obligations.ConfiguredObligations.Series(
        _configuration.Options.Obligations, People, _configuration.Options.Project.Name);

    private ObligationSweep Sweep { get; }

    // What is written as it is due is nobody's decision, whomever the command that noticed it was given for.
    private Actor Program => Actor with { OnBehalfOf = null };

    /// <summary>Records the configuration that says who may decide what, and brings the ledger up to date.</summary>
    /// <exception cref="ConfigurationException">What a decision depends on cannot be used as it is configured.</exception>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public async Task PrepareToDecideAsync(CancellationToken cancellationToken)
    {
        if (Problems is { Count: > 0 } problems)
            throw new ConfigurationException(problems);
        await _store.RecordConfigurationAsync(RedactedConfiguration.Of(_configuration.Options), Actor, cancellationToken);
        await WriteWhatIsDueAsync(cancellationToken);
    }

    /// <summary>Brings the configured assets into the ledger, for lists that must be right when no worker runs.</summary>
    /// <returns>Whether that was done. If not, the error stream says so: what the ledger holds is shown all the same.</returns>
    public Task<ExitCode> TrySynchroniseAsync(CancellationToken cancellationToken) => TryAsync(() => SynchroniseAsync(cancellationToken));

    // Whoever decides needs no password of a database, a mail server or a webhook: the worker sends.
    private IReadOnlyList<ConfigurationProblem> Problems =>
    [
        .. _configuration.Problems.Where(problem =>
            Sections.Contains(problem.Place.Split(':')[0], StringComparer.Ordinal)
            && !(problem.Place.StartsWith("Notifications:", StringComparison.Ordinal) && Secrets.Contains(problem.Place.Split(':')[^1], StringComparer.Ordinal))),
    ];

    private async Task<ExitCode> TryAsync(Func<Task> work)
    {
        var problem = Problems.FirstOrDefault();
        try
        {
            if (problem is null)
            {
                await work();
                return ExitCode.Done;
            }
            await _context.Error.WriteLineAsync($"The configuration was not brought into the ledger; what follows is as the ledger had it. {problem} See all problems with: migrationguard check-config");
        }
        catch (LedgerException e)
        {
            await _context.Error.WriteLineAsync($"The configuration was not brought into the ledger; what follows is as the ledger had it. {e.Message}");
        }
        return ExitCode.Incomplete;
    }

    private Task<int> SynchroniseAsync(CancellationToken cancellationToken) =>
        Assets.SynchroniseAsync([.. _configuration.Options.Assets.Select(asset => Asset.Of(asset.Key, asset.Value))], Program, cancellationToken);

    /// <summary>Does what the worker does of obligations: registers what is configured, and writes what is due.</summary>
    /// <exception cref="LedgerException">The ledger could not be read or written; what was written before it failed stays.</exception>
    public async Task<SweepOutcome> WriteWhatIsDueAsync(CancellationToken cancellationToken)
    {
        await SynchroniseAsync(cancellationToken);
        var options = _configuration.Options;
        var assets = await Assets.ListAsync(includeClosed: false, cancellationToken);
        return await Sweep.RunAsync(
            [
                .. assets.Select(asset => ReviewSeries.Of(asset.Asset, options.Reviews, People, options.Project.Name)).OfType<ObligationSeries>(),
                .. ConfiguredObligations,
            ],
            cancellationToken);
    }
}
