namespace MigrationGuard.Retention.Records;

/// <summary>Finds the columns that tell which record is which, on both sides.</summary>
internal static class KeyPairs
{
    /// <param name="configured">Names of columns; without any, the frozen copy's primary key.</param>
    /// <returns>The pairs, or why records cannot be told apart or paired.</returns>
    public static (IReadOnlyList<KeyPair>? Pairs, string? Problem) Of(IReadOnlyList<string> configured, RecordPlace frozen, RecordPlace live)
    {
        if (frozen.Catalogue.Server.Identity == live.Catalogue.Server.Identity && frozen.Table.Name == live.Table.Name)
            return (null, "The frozen copy and the live database are one and the same, so that nothing can be gone from either. Correct a connection string.");
        if (frozen.MayBeReplica)
            return (null, "The frozen copy may be a replica of the live database, from which whatever is deleted there goes too, so that nothing can be gone from either. Name a copy that was restored or frozen; where it is one on SQL Server, grant the login VIEW SERVER STATE, so that this can be told.");
        var names = configured.Count > 0 ? configured : frozen.Table.PrimaryKey;
        if (names.Count == 0)
            return (null, $"The frozen copy's {frozen.Table.Name} has no primary key. Name under Key the columns that tell which record is which.");
        var pairs = new List<KeyPair>();
        foreach (var name in names)
        {
            var missing = new[] { frozen, live }.FirstOrDefault(place => place.Table.Find(name) is null);
            if (missing is not null)
                return (null, $"The {missing.Side}'s {missing.Table.Name} has no column {name}, by which records are told apart. Correct Key.");
            var (old, current) = (frozen.Table.Find(name)!, live.Table.Find(name)!);
            if (old.IsMasked || current.IsMasked)
                return (null, $"{name} is masked: the login may be shown other keys than there are. Grant it UNMASK.");
            if (KeyKinds.Of(old, current) is not { } kind)
                return (null, $"{name} is of type {old.StoreType} in the frozen copy and {current.StoreType} in the live database, and it is not sure which values of these are one. Name under Key columns of whole numbers, UUIDs or text.");
            pairs.Add(new KeyPair(old, current, kind));
        }
        return (pairs, null);
    }
}
