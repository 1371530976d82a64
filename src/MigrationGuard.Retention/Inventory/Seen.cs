namespace MigrationGuard.Retention.Inventory;

/// <summary>Something that a store was asked about: what it is, or why it cannot be seen from here.</summary>
public abstract record Seen<T>
{
    private Seen() { }

    /// <summary>The store said so.</summary>
    public sealed record Known(T Value) : Seen<T>;

    /// <summary>The store does not say it to whoever asks like this. Never taken for a yes or a no.</summary>
    /// <param name="Reason">Why, a sentence.</param>
    /// <param name="ShownBy">What would show it, a sentence.</param>
    public sealed record NotVisible(string Reason, string ShownBy) : Seen<T>;
}
