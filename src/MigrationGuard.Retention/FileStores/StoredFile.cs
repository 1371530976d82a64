using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>A file as its store lists it: as little of it as comparing needs, since there may be millions.</summary>
internal sealed record StoredFile
{
    /// <summary>The path below the place that is looked at, with <c>/</c> between its parts.</summary>
    public required string Path { get; init; }

    /// <summary>The path by which the store knows it.</summary>
    public required string Name { get; init; }

    /// <summary>In bytes.</summary>
    public required long Length { get; init; }

    /// <summary>What counts as the moment it was made; null where that is not known.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>What the store has recorded of its content; null where it has recorded nothing.</summary>
    public ContentHash? Hash { get; init; }

    public CopyState State { get; init; }

    /// <summary>Changes whenever the content does; empty where there is none.</summary>
    public string ETag { get; init; } = "";

    /// <summary>Whether its content can be read as it is: not out of an archive, nor out of a list.</summary>
    public bool IsReadable { get; init; }
}
