using System.CommandLine;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Commands;

/// <summary>Earlier runs that options of commands name.</summary>
internal static class EarlierRuns
{
    public static Option<string?> Against(string description) => new("--against") { Description = description, HelpName = "RUN" };

    /// <exception cref="UsageException">There is no such run.</exception>
    public static async Task<RunDocument> FindAnyAsync(LedgerStore store, string option, string name, CancellationToken cancellationToken) =>
        await store.FindRunAsync(name, cancellationToken)
        ?? throw new UsageException($"{option} {name}: there is no such run. List them with: migrationguard runs list");

    /// <summary>A run that compared databases.</summary>
    /// <exception cref="UsageException">There is no such run, or it compared none.</exception>
    public static async Task<RunDocument> FindAsync(LedgerStore store, string option, string name, CancellationToken cancellationToken)
    {
        var run = await FindAnyAsync(store, option, name, cancellationToken);
        return run.Kind is null
            ? run
            : throw new UsageException($"{option} {name}: run {run.Run} looked at {run.Kind} and compared no databases. Name one that did; migrationguard runs list shows them.");
    }

    /// <summary>The run to hold another against; null when none is named.</summary>
    /// <exception cref="UsageException">There is no such run, or it is not finished.</exception>
    public static async Task<RunDocument?> FindAgainstAsync(LedgerStore store, string? name, CancellationToken cancellationToken)
    {
        if (name is null)
            return null;
        var earlier = await FindAsync(store, "--against", name, cancellationToken);
        return earlier.Finished is not null
            ? earlier
            : throw new UsageException($"--against {name}: run {earlier.Run} is not finished, so what it lacks says nothing. Name a finished one; migrationguard runs list shows them.");
    }

    /// <summary>The run with what is new, known and gone against the earlier one; as it is when there is none.</summary>
    public static RunDocument Held(RunDocument run, RunDocument? earlier) => earlier is null ? run : run with { Against = RunDelta.Of(run, earlier) };
}
