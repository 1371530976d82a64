using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Keeps one of each of the words that thousands of copies share: of a server, a database, a tier.</summary>
internal sealed class WordPool
{
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    /// <summary>The same copy, without words of its own for what others say too, and without its ETag, which nothing asks for once it is read.</summary>
    public InventoriedCopy Pooled(InventoriedCopy copy) => copy with
    {
        Copy = copy.Copy with { ETag = "", Tier = One(copy.Copy.Tier), ImmutabilityMode = One(copy.Copy.ImmutabilityMode) },
        Header = copy.Header switch
        {
            BackupHeaderOutcome.Read read => new BackupHeaderOutcome.Read(Pooled(read.Header)),
            BackupHeaderOutcome.Truncated { Header: { } header } truncated => truncated with { Header = Pooled(header) },
            _ => copy.Header,
        },
    };

    private BackupHeader Pooled(BackupHeader header) => header with
    {
        Server = One(header.Server)!,
        Machine = One(header.Machine)!,
        Database = One(header.Database)!,
        SetName = One(header.SetName)!,
        SoftwareVersion = One(header.SoftwareVersion)!,
    };

    private string? One(string? word)
    {
        if (word is null)
            return null;
        if (!_words.TryGetValue(word, out var one))
            _words[word] = one = word;
        return one;
    }
}
