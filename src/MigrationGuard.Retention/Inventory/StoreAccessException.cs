namespace MigrationGuard.Retention.Inventory;

/// <summary>A store could not be read: where, what stood in the way, what to do about it. It says nothing about what lies there.</summary>
public sealed class StoreAccessException(string place, string problem, string remedy, Exception? cause = null)
    : Exception($"{place} {problem} {remedy}".TrimEnd(), cause)
{
    public string Place => place;

    public string Problem => problem;

    public string Remedy => remedy;

    /// <summary>Whether it took all the patience there was, so that whoever asks for the next thing is likely to wait as long in vain.</summary>
    public bool IsOutage { get; init; }
}
