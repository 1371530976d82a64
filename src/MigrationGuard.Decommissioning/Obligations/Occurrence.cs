using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Decommissioning.Obligations;

/// <summary>One time that an obligation falls due, as the store has it.</summary>
/// <param name="DueOn">The day, in the owner's zone.</param>
/// <param name="DueAt">The moment of that day.</param>
/// <param name="Sequence">How often the day was moved (RFC 5545 section 3.8.7.4).</param>
/// <param name="Outcome">What ended it: keep, destroy, hold, completed, withdrawn, resolved or told; null while it is open.</param>
public sealed record Occurrence(
    string Id, string Obligation, string Subject, int Number, DateOnly DueOn, DateTimeOffset DueAt, int Sequence, string Document,
    long OpenedSeq, long? ClosedSeq, string? Outcome)
{
    public bool IsOpen => ClosedSeq is null;

    /// <summary>The day on or after which it is due, whatever its series' first day and months become.</summary>
    public DateOnly NotBefore
    {
        get => _notBefore ?? DateOnly.ParseExact((string)JsonNode.Parse(Document)!["notBefore"]!, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        init => _notBefore = value;
    }

    private readonly DateOnly? _notBefore;

    /// <summary>The key of the series it is of.</summary>
    public string SeriesKey => ObligationState.KeyOf(Obligation, Subject);
}

/// <summary>Occurrences in the store.</summary>
internal static class OccurrenceTable
{
    private const string Select = """
        SELECT id AS Id, obligation AS Obligation, subject AS Subject, number AS Number, due_on AS DueOn, due_at AS DueAt, sequence AS Sequence,
          document AS Document, opened_seq AS OpenedSeq, closed_seq AS ClosedSeq, outcome AS Outcome
        FROM occurrence
        """;

    public static async Task<IReadOnlyList<Occurrence>> OfSubjectAsync(LedgerReading ledger, string obligation, string subject) =>
        Read(await ledger.ListAsync<Row>(Select + " WHERE lower(obligation) = lower(@obligation) AND lower(subject) = lower(@subject) ORDER BY number", new { obligation, subject }));

    public static async Task<IReadOnlyList<Occurrence>> OfObligationAsync(LedgerReading ledger, string obligation) =>
        Read(await ledger.ListAsync<Row>(Select + " WHERE obligation = @obligation ORDER BY subject, number", new { obligation }));

    public static async Task<IReadOnlyList<Occurrence>> AllAsync(LedgerReading ledger, bool includeClosed) =>
        Read(await ledger.ListAsync<Row>(Select + (includeClosed ? "" : " WHERE closed_seq IS NULL") + " ORDER BY due_at, id"));

    public static async Task<IReadOnlyDictionary<string, Occurrence>> ByIdAsync(LedgerReading ledger, IEnumerable<string> ids) =>
        Read(await ledger.ListByKeysAsync<Row>(Select + " WHERE id IN @keys", ids)).ToDictionary(row => row.Id, StringComparer.OrdinalIgnoreCase);

    public static Task InsertAsync(LedgerTransaction ledger, IEnumerable<Occurrence> occurrences) => ledger.InsertAsync(
        "occurrence",
        ["id", "obligation", "subject", "number", "due_on", "due_at", "sequence", "document", "opened_seq"],
        occurrences.Select(row => (object?[])[row.Id, row.Obligation, row.Subject, row.Number, Day(row.DueOn), Moments.Text(row.DueAt), row.Sequence, row.Document, row.OpenedSeq]));

    public static Task MoveAsync(LedgerTransaction ledger, string id, DateOnly dueOn, DateTimeOffset dueAt, int sequence) => ledger.ExecuteAsync(
        "UPDATE occurrence SET due_on = @dueOn, due_at = @dueAt, sequence = @sequence WHERE id = @id",
        new { id, dueOn = Day(dueOn), dueAt = Moments.Text(dueAt), sequence });

    public static Task CloseAsync(LedgerTransaction ledger, string id, long seq, string outcome) => ledger.ExecuteAsync(
        "UPDATE occurrence SET closed_seq = @seq, outcome = @outcome WHERE id = @id", new { id, seq, outcome });

    /// <summary>The steps that were written of these occurrences.</summary>
    public static async Task<ILookup<string, string>> StepsAsync(LedgerReading ledger, IEnumerable<string> ids) => (await ledger.ListByKeysAsync<StepRow>(
            "SELECT occurrence_id AS OccurrenceId, step AS Step FROM obligation_step WHERE occurrence_id IN @keys", ids))
        .ToLookup(row => row.OccurrenceId, row => row.Step, StringComparer.OrdinalIgnoreCase);

    /// <summary>The steps that were written of all that is open.</summary>
    public static async Task<ILookup<string, string>> OpenStepsAsync(LedgerReading ledger) => (await ledger.ListAsync<StepRow>(
            """
            SELECT s.occurrence_id AS OccurrenceId, s.step AS Step
            FROM obligation_step s JOIN occurrence o ON o.id = s.occurrence_id WHERE o.closed_seq IS NULL
            """))
        .ToLookup(row => row.OccurrenceId, row => row.Step, StringComparer.OrdinalIgnoreCase);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static List<Occurrence> Read(IReadOnlyList<Row> rows) =>
    [
        .. rows.Select(row => new Occurrence(
            row.Id, row.Obligation, row.Subject, (int)row.Number, DateOnly.ParseExact(row.DueOn, "yyyy-MM-dd", CultureInfo.InvariantCulture),
            Moments.Read(row.DueAt), (int)row.Sequence, row.Document, row.OpenedSeq, row.ClosedSeq, row.Outcome)),
    ];

    private sealed record Row
    {
        public string Id { get; init; } = "";

        public string Obligation { get; init; } = "";

        public string Subject { get; init; } = "";

        public long Number { get; init; }

        public string DueOn { get; init; } = "";

        public string DueAt { get; init; } = "";

        public long Sequence { get; init; }

        public string Document { get; init; } = "";

        public long OpenedSeq { get; init; }

        public long? ClosedSeq { get; init; }

        public string? Outcome { get; init; }
    }

    private sealed record StepRow
    {
        public string OccurrenceId { get; init; } = "";

        public string Step { get; init; } = "";
    }
}
