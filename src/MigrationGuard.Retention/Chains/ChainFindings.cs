using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Chains;

/// <summary>Gathers what is wrong with the back-ups of one database.</summary>
internal sealed class ChainFindings(IReadOnlyList<BackupSet> sets, IReadOnlyList<Sequence> sequences, IReadOnlyList<ChainBreak> breaks, ServerClock clock)
{
    /// <summary>The findings by time, then by place and by what they say.</summary>
    public IReadOnlyList<ChainFinding> All(ChainRules rules, DateTimeOffset now)
    {
        var cadence = new Cadence(sets, rules, now);
        return
        [
            .. OfFiles().Concat(OfSequences()).Concat(OfBreaks(now - rules.Window)).Concat(cadence.LogGaps(breaks)).Concat(cadence.FullGaps())
                .OrderBy(finding => finding.At)
                .ThenBy(finding => finding.Place, StringComparer.Ordinal)
                .ThenBy(finding => finding.Problem, StringComparer.Ordinal),
        ];
    }

    private IEnumerable<ChainFinding> OfFiles()
    {
        foreach (var set in sets)
        {
            foreach (var file in set.Files.Concat(set.Duplicates).Where(file => !file.IsComplete))
                yield return new ChainFinding.IncompleteFile(file) { At = set.Started };
            if (set.Contradiction is not null)
                yield return new ChainFinding.UnreliableHeader(set, set.Contradiction) { At = set.Started };
            else if (!set.HasAllStripes)
                yield return new ChainFinding.MissingStripe(set) { At = set.Started };
            else if (set.IsUsable && WhyNotBelieved(set) is { } reason)
                yield return new ChainFinding.UnreliableHeader(set, reason) { At = set.Started };
        }
    }

    private string? WhyNotBelieved(BackupSet set)
    {
        if (!set.Header.IsZoneKnown)
            return "the server did not know its time zone";
        if (set.Kind == BackupKind.Log || clock.LatestEnd(set) is not null)
            return null;
        if (set.Finished is { } finished)
            return $"it ended at {Moment.Say(finished)}, before it began at {Moment.Say(set.Started)}";
        return set.Header.HoldsMoreBackups
            ? "others were appended to it in the same file, so its own end was not read"
            : "it is complete and does not say when it ended";
    }

    private IEnumerable<ChainFinding> OfSequences()
    {
        foreach (var sequence in sequences)
        {
            if (!sequence.Bases.Any(start => start.Differential is null))
            {
                var header = sequence.First.Header;
                yield return new ChainFinding.NoFullBackup(header.Server, header.Database, header.DatabaseCreated) { At = sequence.First.Started };
            }

            foreach (var orphan in sequence.Orphans)
                yield return new ChainFinding.DifferentialWithoutBase(orphan) { At = orphan.Started };
        }
    }

    private IEnumerable<ChainFinding> OfBreaks(DateTimeOffset windowStart) => breaks
        .Where(gap => !gap.IsExplained && gap.Before.Started > windowStart)
        .Select(gap => new ChainFinding.LsnBreak(gap) { At = gap.After.Started });
}
