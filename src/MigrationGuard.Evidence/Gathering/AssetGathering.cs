using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Evidence.Gathering;

/// <summary>Reads what is to be destroyed, and what falls due, out of the store's tables and the entries behind them.</summary>
/// <remarks>Their documents are read as JSON: who writes them is another part of the product, which is not known here.</remarks>
internal sealed class AssetGathering(LedgerReading ledger)
{
    /// <summary>Everything to be destroyed, closed ones included, by name.</summary>
    public async Task<IReadOnlyList<AssetRecord>> AssetsAsync()
    {
        var rows = await ledger.ListAsync<AssetRow>("SELECT name AS Name, document AS Document, registered_seq AS RegisteredSeq, closed_seq AS ClosedSeq FROM asset");
        var entries = await EntriesAsync(EntryKind.AssetRegistered, EntryKind.AssetClosed);
        return [.. rows.Select(row => Asset(row, entries)).OrderBy(asset => asset.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Every time that a duty fell or falls due and has been opened, those due first on top.</summary>
    public async Task<IReadOnlyList<DutyRecord>> DutiesAsync()
    {
        var rows = await ledger.ListAsync<DutyRow>(
            """
            SELECT id AS Id, obligation AS Duty, subject AS Subject, due_on AS DueOn, due_at AS DueAt, document AS Document,
              opened_seq AS OpenedSeq, closed_seq AS ClosedSeq, outcome AS Outcome
            FROM occurrence
            """);
        var entries = await EntriesAsync(EntryKind.ReviewDecided, EntryKind.ObligationCompleted, EntryKind.ObligationWithdrawn);
        var moves = (await ledger.ListEntriesAsync([EntryKind.ObligationMoved])).ToLookup(entry => entry.Line.Subject, StringComparer.OrdinalIgnoreCase);
        return [.. rows.Select(row => Duty(row, entries) with { MissedOn = MissedOn(moves[row.Id]) }).OrderBy(duty => duty.DueAt).ThenBy(duty => duty.Id, StringComparer.Ordinal)];
    }

    private static AssetRecord Asset(AssetRow row, IReadOnlyDictionary<long, LedgerEntry> entries)
    {
        var document = JsonNode.Parse(row.Document)!.AsObject();
        string Said(string member) => document[member]?.ToString() ?? "";
        var closed = row.ClosedSeq is { } seq ? entries.GetValueOrDefault(seq) : null;
        return new AssetRecord(
            row.Name, Said("kind"), LooseText.Of(Said("location")), LooseText.Of(Said("holder")), Said("ownerRole"), LooseText.Of(Said("commitment")), LooseText.Of(Said("holds")),
            DateOnly.TryParse(Said("goLive"), CultureInfo.InvariantCulture, out var goLive) ? goLive : null,
            row.RegisteredSeq, Moment(entries.GetValueOrDefault(row.RegisteredSeq)) ?? default, row.ClosedSeq, Moment(closed), LooseText.OfAny(closed?.Content?["reason"]?.ToString()));
    }

    private static DutyRecord Duty(DutyRow row, IReadOnlyDictionary<long, LedgerEntry> entries)
    {
        var document = JsonNode.Parse(row.Document)!.AsObject();
        var closed = row.ClosedSeq is { } seq ? entries.GetValueOrDefault(seq) : null;
        var said = closed?.Content;
        // A duty of the whole project is its own subject.
        var subject = string.Equals(row.Subject, row.Duty, StringComparison.OrdinalIgnoreCase) ? "" : row.Subject;
        return new DutyRecord(
            row.Id, row.Duty, subject, document["title"]?.ToString() ?? "", document["ownerRole"]?.ToString() ?? "",
            DateOnly.ParseExact(row.DueOn, "yyyy-MM-dd", CultureInfo.InvariantCulture), Moments.Read(row.DueAt),
            row.OpenedSeq, row.ClosedSeq, Moment(closed), row.Outcome, LooseText.OfAny((said?["reason"] ?? said?["note"])?.ToString()));
    }

    // A day that is given up when it has passed was missed, whatever the next one is.
    private static DateOnly? MissedOn(IEnumerable<LedgerEntry> moves) => moves
        .Select(move => (Previous: Day(move.Content?["previousDueOn"]?.ToString()), On: DateOnly.FromDateTime(move.Line.Time)))
        .Where(move => move.Previous < move.On)
        .Select(move => move.Previous)
        .FirstOrDefault();

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateTimeOffset? Moment(LedgerEntry? entry) => entry is null ? null : new DateTimeOffset(entry.Line.Time);

    private async Task<IReadOnlyDictionary<long, LedgerEntry>> EntriesAsync(params EntryKind[] kinds) =>
        (await ledger.ListEntriesAsync(kinds)).ToDictionary(entry => entry.Line.Seq);

    private sealed record AssetRow
    {
        public string Name { get; init; } = "";

        public string Document { get; init; } = "";

        public long RegisteredSeq { get; init; }

        public long? ClosedSeq { get; init; }
    }

    private sealed record DutyRow
    {
        public string Id { get; init; } = "";

        public string Duty { get; init; } = "";

        public string Subject { get; init; } = "";

        public string DueOn { get; init; } = "";

        public string DueAt { get; init; } = "";

        public string Document { get; init; } = "";

        public long OpenedSeq { get; init; }

        public long? ClosedSeq { get; init; }

        public string? Outcome { get; init; }
    }
}
