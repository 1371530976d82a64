using System.Globalization;
using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Inventory;

/// <summary>A place where back-ups or files lie. Nothing is ever written to it.</summary>
public interface IContentStore
{
    /// <summary>Its name in the configuration.</summary>
    string Name { get; }

    /// <summary>Where it is, for a reader; without secrets.</summary>
    string Place { get; }

    /// <summary>What it is on.</summary>
    StoreKind Kind { get; }

    /// <summary>The machine whose share it is; null where it is none.</summary>
    string? Host { get; }

    /// <summary>Begins to list everything that is there.</summary>
    /// <exception cref="StoreAccessException">It could not be listed.</exception>
    Task<StoreListing> ListAsync(CancellationToken cancellationToken);

    /// <summary>The content of a copy as it was when it was listed: one that was replaced since is not read for it.</summary>
    /// <exception cref="StoreAccessException">The store could not be reached.</exception>
    /// <exception cref="ContentChangedException">It is gone.</exception>
    IRangedContent Open(StoredCopy copy);

    /// <summary>What holds for the store as a whole; what it does not say is not visible, and no error.</summary>
    /// <exception cref="StoreAccessException">The store could not be reached at all.</exception>
    Task<StoreTraits> ReadTraitsAsync(CancellationToken cancellationToken);
}

/// <summary>What a store is on.</summary>
public enum StoreKind
{
    /// <summary>A container of Azure Storage.</summary>
    Container,

    /// <summary>A share of a machine that the path names.</summary>
    Share,

    /// <summary>A path of this machine, behind which anything may be mounted.</summary>
    Folder,
}

/// <summary>What a store is looked at for: the section of the configuration that names it.</summary>
public enum StoreUse
{
    Backups,

    /// <summary>Metadata of blobs are listed too: they may say when a file was made.</summary>
    Files,
}

/// <summary>What a store lists.</summary>
/// <param name="Copies">Every copy, as it comes; enumerated once. Throws <see cref="StoreAccessException"/> where the listing breaks off.</param>
/// <param name="Refused">What kinds of copies the store refused to list, and what would show them: a sentence each.</param>
public sealed record StoreListing(IAsyncEnumerable<StoredCopy> Copies, IReadOnlyList<string> Refused)
{
    /// <summary>The paths of links to folders, which are not followed; whole when the copies have been enumerated. A name of one may be a person's.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>What the listing does not show, and what would: a sentence each. Empty where it shows everything; whole when the copies have been enumerated.</summary>
    public IReadOnlyList<string> Unseen => Links.Count == 0 ? Refused : [.. Refused, LinksAsASentence];

    private string LinksAsASentence => string.Create(
        CultureInfo.InvariantCulture, $"What lies behind {Links.Count:N0} {(Links.Count == 1 ? "link to a folder" : "links to folders")} is not listed: links are not followed. A store of its own shows it.");
}
