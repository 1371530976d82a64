namespace MigrationGuard.Ledger.Attestations;

/// <summary>An attestation that cannot be recorded: where, why, and what to do about it. Nothing was.</summary>
public sealed class AttestationException(string place, string problem, string remedy, Exception? cause = null) : PlacedException(place, problem, remedy, cause);
