using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.FileStores;

/// <summary>A place where files lie, or a list of what lies somewhere. Nothing is ever written to it.</summary>
internal interface IFileStore
{
    /// <summary>Its name in the configuration.</summary>
    string Name { get; }

    /// <summary>What no listing of this kind shows: a sentence; null where it shows everything.</summary>
    string? Blindness { get; }

    /// <summary>Whether a listing shows by itself that the place is there, however little lies in it: of a container as a whole, whose service says so.</summary>
    bool ShowsItself { get; }

    /// <summary>Lists everything that is there.</summary>
    /// <exception cref="StoreAccessException">It could not be listed to its end.</exception>
    Task<FileListing> ListAsync(CancellationToken cancellationToken);

    /// <summary>Begins to list, to see whether that can be done.</summary>
    /// <exception cref="StoreAccessException">It cannot be listed.</exception>
    Task ReachAsync(CancellationToken cancellationToken);

    /// <summary>The content of a file that can be read.</summary>
    /// <exception cref="StoreAccessException">The store could not be reached.</exception>
    /// <exception cref="ContentChangedException">The file is gone.</exception>
    IRangedContent Open(StoredFile file);
}

/// <summary>What a store holds.</summary>
/// <param name="Files">Every file, versions and deleted ones that can be brought back included.</param>
/// <param name="AsOf">The moment that it is said of.</param>
internal sealed record FileListing(IReadOnlyList<StoredFile> Files, DateTimeOffset AsOf)
{
    /// <summary>What kinds of copies the store was asked for and refused to list: a sentence each.</summary>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>Why it does not say what is there now: a sentence; null where it does.</summary>
    public string? Stale { get; init; }

    /// <summary>What stands for a moment that was not known, and whether the listing is shown to be whole: a sentence each.</summary>
    public IReadOnlyList<string> Narrowed { get; init; } = [];

    /// <summary>Links to folders, behind which nothing was listed.</summary>
    public IReadOnlyList<UnfollowedLink> Links { get; init; } = [];
}

/// <summary>A link to a folder, which is not followed.</summary>
/// <param name="Path">Below the place that is looked at; empty where that place itself lies behind the link.</param>
/// <param name="Name">The path by which the store knows it.</param>
internal sealed record UnfollowedLink(string Path, string Name);
