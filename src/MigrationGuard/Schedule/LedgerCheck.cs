using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Schedule;

/// <summary>What the last verification of the whole ledger came to.</summary>
/// <param name="Problems">How many there were; none in a ledger that holds.</param>
internal sealed record LedgerCheckResult(DateTimeOffset Checked, long Entries, int Problems)
{
    private const string Mark = "ledger-check";

    /// <summary>The last one on any worker; null before the first.</summary>
    public static Task<LedgerCheckResult?> LastAsync(LedgerStore store, CancellationToken cancellationToken) => store.ReadAsync(
        async reading => await reading.FirstAsync<string>("SELECT value FROM mark WHERE name = @Mark", new { Mark }) is { } text
            ? JsonSerializer.Deserialize<LedgerCheckResult>(text, LedgerJson.Compact)
            : null,
        cancellationToken);

    public Task SaveAsync(LedgerStore store, CancellationToken cancellationToken) => store.WriteAsync(
        async transaction =>
        {
            await transaction.SetMarkAsync(Mark, JsonSerializer.Serialize(this, LedgerJson.Compact));
            return true;
        },
        cancellationToken);
}

/// <summary>Told of every verification of the ledger that found something wrong.</summary>
public sealed record LedgerCheckListener(Func<ChainReport, DateTimeOffset, CancellationToken, Task> TellAsync);

/// <summary>The sweep <c>ledger-check</c>: verifies the whole ledger once every <see cref="WorkerOptions.LedgerCheckHours"/>.</summary>
internal sealed partial class LedgerCheck(
    LedgerStore store, WorkerOptions options, IEnumerable<LedgerCheckListener> listeners, TimeProvider time, ILogger<LedgerCheck> log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var last = await LedgerCheckResult.LastAsync(store, cancellationToken);
        // One that lies ahead was made by a clock that has been set back since: it says nothing of how long ago it was.
        if (last is not null && last.Checked <= now && now - last.Checked < TimeSpan.FromHours(options.LedgerCheckHours))
            return;
        var report = await store.VerifyAsync(cancellationToken);
        if (!report.Holds)
        {
            DoesNotHold(log, report.Problems.Count, report.Problems[0].Problem);
            foreach (var listener in listeners)
                await listener.TellAsync(report, now, cancellationToken);
        }
        // After everybody has been told: who dies in between tells them again.
        await new LedgerCheckResult(now, report.Entries, report.Problems.Count).SaveAsync(store, cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The ledger does not hold: {Problems} problems, the first: {First}")]
    private static partial void DoesNotHold(ILogger log, int problems, string first);
}

internal static class LedgerCheckRegistration
{
    public static IServiceCollection AddLedgerCheck(this IServiceCollection services) => services
        .AddSingleton<LedgerCheck>()
        .AddSweep("ledger-check", provider => provider.GetRequiredService<LedgerCheck>().RunAsync);
}
