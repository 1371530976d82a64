using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Ledger.Store;

public sealed partial class LedgerStore
{
    private const string SelectLines = "SELECT line FROM ledger_entry ORDER BY seq";

    /// <summary>Follows the chain's lines in one pass, and makes of them what a checkpoint and proofs take; no payload and no table is looked at.</summary>
    /// <param name="sequences">Entries whose inclusion is to be proven.</param>
    /// <param name="sizes">Sizes at which the root is wanted: those of earlier checkpoints.</param>
    /// <remarks>Memory grows with what is asked for, not with the chain. Others may go on writing meanwhile; what is found is of one moment.</remarks>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public Task<ChainTree> ProveAsync(IReadOnlyCollection<long> sequences, IReadOnlyCollection<long> sizes, CancellationToken cancellationToken) => _connections.ReadAsync(
        async session =>
        {
            var pass = new ChainPass(sequences, sizes);
            await foreach (var line in session.StreamAsync<string>(SelectLines).WithCancellation(cancellationToken))
                pass.Take(line);
            return pass.Finish();
        },
        cancellationToken);

    /// <summary>Hands over the chain's lines as they are, without line ends, in their order and one in memory at a time.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public Task<long> ReadLinesAsync(Func<string, ValueTask> each, CancellationToken cancellationToken) => _connections.ReadAsync(
        async session =>
        {
            var lines = 0L;
            await foreach (var line in session.StreamAsync<string>(SelectLines).WithCancellation(cancellationToken))
            {
                await each(line);
                lines++;
            }
            return lines;
        },
        cancellationToken);
}
