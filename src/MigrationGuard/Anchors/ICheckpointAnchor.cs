namespace MigrationGuard.Anchors;

/// <summary>A place outside the store that checkpoints are kept in: what is there is never changed by this program, and not removed.</summary>
internal interface ICheckpointAnchor
{
    /// <summary>The place as messages and entries name it, without secrets.</summary>
    string Place { get; }

    /// <summary>The names of everything there that is called as checkpoints are, in any order.</summary>
    /// <exception cref="AnchorException">The place could not be read.</exception>
    Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken);

    /// <summary>What stands under a name, as far as a checkpoint can be long.</summary>
    /// <exception cref="AnchorException">It could not be read.</exception>
    Task<string> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>When what stands under a name was kept, as the place itself has it.</summary>
    /// <exception cref="AnchorException">It could not be read.</exception>
    Task<DateTimeOffset> KeptAtAsync(string name, CancellationToken cancellationToken);

    /// <summary>Keeps a text under a name; durable when it returns.</summary>
    /// <returns>Whether it was kept; false where there is something of that name, which is left as it is.</returns>
    /// <exception cref="AnchorException">It was not kept, or nobody knows.</exception>
    Task<bool> WriteAsync(string name, string text, CancellationToken cancellationToken);
}

/// <summary>A place for checkpoints could not be used: where, what went wrong, what to do about it.</summary>
public sealed class AnchorException(string place, string problem, string remedy, Exception? cause = null) : Exception($"{place}: {problem} {remedy}".TrimEnd(), cause)
{
    public string Place => place;
}
