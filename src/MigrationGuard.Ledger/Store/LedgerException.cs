namespace MigrationGuard.Ledger.Store;

/// <summary>The ledger could not do what was asked: where, what went wrong, what to do about it.</summary>
/// <remarks>What was acknowledged before is in the store; what this was thrown for is not, or not known to be.</remarks>
public sealed class LedgerException(string place, string problem, string remedy, Exception? cause = null) : PlacedException(place, problem, remedy, cause);
