namespace MigrationGuard.Retention.Chains;

/// <summary>Works out what back-up files restore, from what their headers say.</summary>
/// <remarks>
/// Databases are told apart by server, whose name has no case, and by name, whose case may matter. Nothing goes by the names or the dates
/// of files. The work grows with the number of files as that of sorting them does, whatever their headers say.
/// </remarks>
public static class BackupChains
{
    /// <summary>The chains of all databases, by server and name.</summary>
    /// <param name="now">The moment at which the files are there; those that were to exist until then are not.</param>
    /// <exception cref="ArgumentException">The rules promise nothing that could be checked: see <see cref="ChainRules.Problem"/>.</exception>
    public static IReadOnlyList<DatabaseChain> Of(IEnumerable<BackupFile> files, ChainRules rules, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(rules);
        if (rules.Problem() is { } problem)
            throw new ArgumentException($"What was promised of back-ups {problem}", nameof(rules));
        return
        [
            .. files
                .Where(file => file.ExistsUntil is not { } end || end > now)
                .GroupBy(file => file.Header.Server, StringComparer.OrdinalIgnoreCase)
                .OrderBy(server => server.Key, StringComparer.OrdinalIgnoreCase)
                .SelectMany(server => OfServer([.. server], rules, now.ToUniversalTime())),
        ];
    }

    private static IEnumerable<DatabaseChain> OfServer(List<BackupFile> files, ChainRules rules, DateTimeOffset now)
    {
        var clock = new ServerClock(files, now);
        return files
            .GroupBy(file => file.Header.Database, StringComparer.Ordinal)
            .OrderBy(database => database.Key, StringComparer.Ordinal)
            .Select(database => OfDatabase(database, clock, rules, now));
    }

    private static DatabaseChain OfDatabase(IEnumerable<BackupFile> files, ServerClock clock, ChainRules rules, DateTimeOffset now)
    {
        List<BackupSet> sets = [.. SetAssembly.Of(files).OrderBy(set => set.Started).ThenBy(set => set.Path, StringComparer.Ordinal)];
        List<Sequence> sequences =
        [
            .. sets.GroupBy(set => (set.Header.BindingId, set.Header.DatabaseCreated)).Select(life => new Sequence(life, clock)),
        ];
        var restorable = Period.Union(
            sequences.SelectMany(sequence => sequence.Bases.Select(start => sequence.Reach(start, now)).OfType<Period>()));
        List<ChainBreak> breaks = [.. sequences.SelectMany(ChainBreaks.Of).OrderBy(gap => gap.Time.From).ThenBy(gap => gap.From)];
        var window = RestoreWindow.Of(restorable, rules, now);
        var needed = NeededSets.Of(sequences, sets, window.Promised, now);
        var unneeded = ByPath(sets.SelectMany(set => needed.Contains(set) ? set.Duplicates : set.Files.Concat(set.Duplicates)));
        var findings = new ChainFindings(sets, sequences, breaks, clock).All(rules, now);
        return new DatabaseChain
        {
            Server = sets[0].Header.Server,
            Database = sets[0].Header.Database,
            Sets = sets,
            Restorable = restorable,
            Points = [.. Points(sequences).OrderBy(point => point.At).ThenBy(point => point.Set.Path, StringComparer.Ordinal)],
            Breaks = breaks,
            Logged = Period.Union(sequences.SelectMany(sequence => sequence.Runs).Select(run => run.Time).OfType<Period>()),
            Window = window,
            Needed = ByPath(sets.Where(needed.Contains).SelectMany(set => set.Files)),
            Unneeded = [.. unneeded.Where(file => !file.Header.HoldsMoreBackups)],
            Undecided = [.. unneeded.Where(file => file.Header.HoldsMoreBackups)],
            Findings = findings,
        };
    }

    private static IEnumerable<RestorePoint> Points(IEnumerable<Sequence> sequences) => sequences
        .SelectMany(sequence => sequence.Bases)
        .SelectMany(start => start.End is { } end ? [new RestorePoint(end, start.Newest)] : Array.Empty<RestorePoint>());

    private static IReadOnlyList<BackupFile> ByPath(IEnumerable<BackupFile> files) => [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];
}
