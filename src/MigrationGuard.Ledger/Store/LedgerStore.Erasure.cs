using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Ledger.Store;

public sealed partial class LedgerStore
{
    /// <summary>Erases what an entry was about, with everything that copies it; the erasure is an entry itself, and the chain still verifies.</summary>
    /// <param name="reason">Why; kept in the erasure's own entry, so it must not repeat what is erased.</param>
    /// <exception cref="LedgerException">The entry is not there, has been erased already, or is of a kind that never is; or the store could not be written. Then nothing was erased.</exception>
    public Task<ErasedEntry> EraseAsync(long seq, string reason, Actor actor, CancellationToken cancellationToken) =>
        WriteAsync(ledger => Erasure.EraseAsync(ledger, seq, reason, actor), cancellationToken);
}
