using System.Globalization;

namespace MigrationGuard.Ledger.Chain;

/// <summary>The erasure of what an entry was about, as the ledger records it.</summary>
/// <param name="Entry">The entry whose payload is gone.</param>
/// <param name="Kind">That entry's kind, as its line spells it.</param>
/// <param name="Line">The entry that records the erasure: who, by pseudonym, and when.</param>
/// <param name="Reason">Why; null where nobody said.</param>
public sealed record RecordedErasure(long Entry, string Kind, EntryLine Line, string? Reason)
{
    private const string SubjectPrefix = "entry-";

    /// <summary>The subject of the entry that records the erasure of another.</summary>
    public static string SubjectOf(long seq) => string.Create(CultureInfo.InvariantCulture, $"{SubjectPrefix}{seq}");

    /// <summary>The entry whose erasure an entry of this subject records; null when it is none's.</summary>
    public static long? SeqOf(string subject) =>
        subject.StartsWith(SubjectPrefix, StringComparison.Ordinal)
        && long.TryParse(subject.AsSpan(SubjectPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
        && SubjectOf(seq) == subject ? seq : null;

    /// <summary>What an entry says of an erasure; null when it records none.</summary>
    public static RecordedErasure? Of(LedgerEntry entry) =>
        entry.Line.Kind == EntryKind.PayloadErased.Spelt() && SeqOf(entry.Line.Subject) is { } seq
            ? new RecordedErasure(seq, entry.Content?["kind"]?.ToString() ?? "", entry.Line, entry.Content?["reason"]?.ToString())
            : null;
}
