namespace MigrationGuard.Databases;

/// <summary>Of which moment a reading is.</summary>
public enum Freshness
{
    /// <summary>Of the moment that all readings of a run share, where the engine can do that.</summary>
    Shared,

    /// <summary>Of now: what was committed since the shared moment is seen.</summary>
    Fresh,
}
