using MigrationGuard.Retention.BackupHeaders;

namespace MigrationGuard.Retention.Chains;

/// <summary>Finds where one run of log back-ups ends and the next begins.</summary>
internal static class ChainBreaks
{
    public static IEnumerable<ChainBreak> Of(Sequence sequence)
    {
        for (var i = 1; i < sequence.Runs.Count; i++)
        {
            Lsn from = sequence.Runs[i - 1].To, to = sequence.Runs[i].From;
            // Both ends in one run of all that was ever written: what is between them is there, only not in a shape to be restored.
            var explaining = LogRun.Continuing(sequence.RunsIfAllWereWell, from);
            yield return new(sequence.Runs[i - 1].Last, sequence.Runs[i].First, from, to, explaining is not null && to <= explaining.To);
        }
    }
}
