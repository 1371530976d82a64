namespace MigrationGuard.Evidence.Content;

/// <summary>What evidence is about.</summary>
public abstract record EvidenceScope
{
    private EvidenceScope() { }

    /// <summary>One run.</summary>
    public sealed record OfRun(string Run) : EvidenceScope;

    /// <summary>One asset, from its registration on.</summary>
    public sealed record OfAsset(string Asset) : EvidenceScope;

    /// <summary>What happened in a time.</summary>
    /// <param name="From">The first moment.</param>
    /// <param name="To">The first moment after it.</param>
    public sealed record OfPeriod(DateTimeOffset From, DateTimeOffset To) : EvidenceScope;

    /// <summary>The whole project.</summary>
    public sealed record OfProject : EvidenceScope;
}
