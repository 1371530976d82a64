namespace MigrationGuard.Evidence.Seals;

/// <summary>What became of stamping a signature with the time.</summary>
public abstract record StampOutcome
{
    private StampOutcome() { }

    /// <summary>An authority said when it saw the signature.</summary>
    /// <param name="At">The authority's time.</param>
    /// <param name="Response">Its whole response, DER.</param>
    /// <param name="Certificates">Its certificates as PEM, its own first.</param>
    public sealed record Stamped(DateTimeOffset At, byte[] Response, string Certificates) : StampOutcome;

    /// <summary>No authority is configured.</summary>
    public sealed record NotAsked : StampOutcome;

    /// <summary>The authority could not be used; the pack can be stamped later.</summary>
    /// <param name="Reason">A sentence.</param>
    public sealed record Pending(string Authority, string Reason) : StampOutcome;
}
