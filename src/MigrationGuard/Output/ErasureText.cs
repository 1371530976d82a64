using System.Text.Json;
using MigrationGuard.Configuration;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Runs;

namespace MigrationGuard.Output;

/// <summary>What whoever erases an entry should know beside what is erased.</summary>
internal static class ErasureText
{
    private const string RunPrefix = "run-";

    /// <summary>What is lost besides the words, to be said before it is; null where nothing else rests on the entry.</summary>
    public static string? Lost(LedgerEntry entry)
    {
        var place = FormattableString.Invariant($"Entry {entry.Line.Seq}");
        if (Is(entry, EntryKind.RunFinished))
        {
            var run = entry.Line.Subject.StartsWith(RunPrefix, StringComparison.Ordinal) ? entry.Line.Subject[RunPrefix.Length..] : entry.Line.Subject;
            return $"{place} is what holds the verdict and the results of run {run}. Once it is erased, what that run found good proves nothing any more: commitments that rest on it become unproven. What it found wrong still counts. "
                + "ledger verify then ends with 2, and runs list, runs show and every pack built later say that it was erased. It cannot be undone.";
        }
        if (Is(entry, EntryKind.Qualified))
            return $"{place} records a qualification. Once it is erased that qualification shows nothing any more, and packs built later say so. It cannot be undone.";
        return Is(entry, EntryKind.AttestationMade)
            ? $"{place} is a statement. Once it is erased it counts for nothing, its files go unless another statement has them too, and neither what it corrected nor an older one of its kind takes its place. It cannot be undone."
            : null;
    }

    /// <summary>What the next run writes into the ledger again; null where it writes nothing again.</summary>
    /// <param name="entry">The entry as it was before it was erased.</param>
    /// <param name="isLast">Whether it was the last of its kind.</param>
    public static string? RecordedAgain(LedgerEntry entry, bool isLast, MigrationGuardOptions options)
    {
        if (Is(entry, EntryKind.ConfigurationChanged) && isLast)
            return "It was the configuration as last recorded: the next run records it anew, as it is then. What must not be there has to be taken out of the configuration first.";
        if (!Is(entry, EntryKind.Approval) || entry.Content?["approval"]?.ToJsonString(LedgerJson.Compact) is not { } erased)
            return null;
        return RunRecords.ApprovalsIn(options).FirstOrDefault(approval => JsonSerializer.Serialize(approval, LedgerJson.Compact) == erased) is { } held
            ? $"The configuration still holds this approval, among the ExpectedDifferences of {Printable.Of(held.Comparison)}: the next run records it anew, in the same words. Take it out there, or change its words, if they must not be in the ledger."
            : null;
    }

    private static bool Is(LedgerEntry entry, EntryKind kind) => entry.Payload is not null && entry.Line.Kind == kind.Spelt();
}
