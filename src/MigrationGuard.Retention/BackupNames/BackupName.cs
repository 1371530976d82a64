using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.BackupNames;

/// <summary>What the name of a file claims of the back-up in it. Null is what the name does not say.</summary>
public sealed record BackupName
{
    /// <summary>The instance, <c>SERVER</c> or <c>SERVER\INSTANCE</c>.</summary>
    public string? Server { get; init; }

    /// <summary>The database's name, or as much of it as the scheme keeps: see <see cref="IsDatabaseCut"/>.</summary>
    public string? Database { get; init; }

    /// <summary>Whether the database's name may go on where it ends here.</summary>
    public bool IsDatabaseCut { get; init; }

    /// <summary>Server and database as the name has them, where nothing shows which underscore is between them; otherwise null.</summary>
    public string? ServerAndDatabase { get; init; }

    /// <summary>The database's own identifier. Not held against the header: Microsoft does not say that it is the binding GUID.</summary>
    public Guid? DatabaseId { get; init; }

    /// <summary>The identifier of an availability group's database, <c>group_database_id</c> in <c>sys.databases</c>.</summary>
    public Guid? GroupDatabaseId { get; init; }

    public BackupKind? Kind { get; init; }

    /// <summary>Whether it stands outside the sequence. Not held against the header: a differential is never copy-only, whatever it is called.</summary>
    public bool? IsCopyOnly { get; init; }

    /// <summary>Whether it leaves read-only filegroups out.</summary>
    public bool? IsPartial { get; init; }

    /// <summary>Which stripe it is, from 1 on.</summary>
    public int? Stripe { get; init; }

    /// <summary>When it was taken, by the server's clock, or by the one whose zone <see cref="Zone"/> is.</summary>
    public DateTime? Taken { get; init; }

    /// <summary>How far the clock that <see cref="Taken"/> is by is ahead of UTC.</summary>
    public TimeSpan? Zone { get; init; }

    /// <summary>In what the name is contradicted by the header, which is right. What a name does not say contradicts nothing.</summary>
    /// <param name="path">The file, for the sentences.</param>
    public IReadOnlyList<NameDisagreement> Disagreements(string path, BackupHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var found = new List<NameDisagreement>();
        var claim = NameClaim.Resolve(this, header);
        if (claim.Database is { } database && !NameClaim.IsDatabase(database, IsDatabaseCut, header.Database))
            found.Add(new NameDisagreement.AnotherDatabase(path, database, header.Database));
        if (claim.Server is { } server && !NameClaim.IsServer(server, header))
            found.Add(new NameDisagreement.AnotherServer(path, server, header.Server));
        if (Kind is { } kind && kind != header.Kind)
            found.Add(new NameDisagreement.AnotherKind(path, kind, header.Kind));
        if (Stripe is { } stripe && stripe != header.FamilyNumber)
            found.Add(new NameDisagreement.AnotherStripe(path, stripe, header.FamilyNumber, header.FamilyCount));
        return found;
    }
}
