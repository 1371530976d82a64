using System.Globalization;
using System.Text.Json;
using MigrationGuard.Evidence.Packs;
using MigrationGuard.Ledger.Chain;

namespace MigrationGuard.Evidence.Checking;

/// <summary>Holds what a pack says was erased against the entries of its segment that have to record it.</summary>
/// <remarks>
/// That a content is not in the pack says nothing by itself: most contents never are. So it is the word "erased" that is held to account,
/// of a statement and of the end of a run. What is remembered grows with what is said to be erased, and not with the segment.
/// </remarks>
internal sealed class ErasureCheck
{
    private const int MostStatementBytes = 16 * 1024 * 1024;
    private const string Statement = "/attestation.json";

    private readonly PackContents _contents;
    private readonly PackFindings _findings;
    private readonly List<Claim> _claims = [];
    private readonly Dictionary<long, EntryLine?> _wanted = [];
    private readonly HashSet<long> _shown = [];

    public ErasureCheck(PackContents contents, PackFindings findings)
    {
        (_contents, _findings) = (contents, findings);
        foreach (var file in contents.Files.Keys.Where(file => file.StartsWith(PackLayout.Attestations, StringComparison.Ordinal) && file.EndsWith(Statement, StringComparison.Ordinal)))
            ReadStatement(file);
        if (contents.Files.ContainsKey(PackLayout.Runs))
            ReadRuns();
        foreach (var seq in _claims.SelectMany(claim => new[] { claim.Erased, claim.Erasure }).OfType<long>())
            _wanted[seq] = null;
    }

    /// <summary>Takes a line of the segment.</summary>
    public void Take(EntryLine entry)
    {
        if (_wanted.ContainsKey(entry.Seq))
            _wanted[entry.Seq] = entry;
        if (entry.Kind != EntryKind.PayloadErased.Spelt())
            return;
        if (RecordedErasure.SeqOf(entry.Subject) is not { } erased || erased >= entry.Seq)
            Report(PackLayout.Segment, $"entry {entry.Seq} records an erasure, and of no entry before it.");
        else if (_shown.Contains(erased))
            Report(PackLayout.Payloads, $"holds the content of entry {erased}, which entry {entry.Seq} says was erased.");
    }

    /// <summary>Takes note of an entry whose content the pack shows.</summary>
    public void TakeShown(long seq) => _shown.Add(seq);

    /// <summary>Tells of everything that is said to be erased and is not recorded to be.</summary>
    public void Finish()
    {
        foreach (var (file, what, erased, erasure, kind, subject) in _claims)
        {
            if (erased is null || erasure is null)
                Report(file, $"says that {what} was erased, and does not name the entry that records it.");
            else if (_wanted[erased.Value] is not { } line || line.Kind != kind || (subject is not null && line.Subject != subject))
                Report(file, $"says that {what} was erased from entry {erased}, and the segment has no such entry of it.");
            else if (_wanted[erasure.Value] is not { } record || record.Kind != EntryKind.PayloadErased.Spelt() || RecordedErasure.SeqOf(record.Subject) != erased)
                Report(file, $"says that {what} was erased from entry {erased}, and entry {erasure} of the segment does not record it.");
        }
    }

    private void ReadStatement(string file)
    {
        if (_contents.ReadWhole(file, MostStatementBytes, _findings) is not { } content)
            return;
        try
        {
            using var document = JsonDocument.Parse(content);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("erased", out var erased) && erased.ValueKind == JsonValueKind.True)
                _claims.Add(new Claim(file, "the statement", Number(root, "entry"), Number(root, "erasure"), EntryKind.AttestationMade.Spelt(), null));
        }
        catch (JsonException)
        {
            // Told by whoever looks at every document.
        }
    }

    private void ReadRuns()
    {
        try
        {
            using var rows = new CsvRows(_contents.Read(PackLayout.Runs));
            var header = (rows.Next() ?? []).ToList();
            var (run, erased, erasure) = (header.IndexOf("run"), header.IndexOf(PackLayout.RunsErasedColumn), header.IndexOf(PackLayout.RunsErasureColumn));
            if (run < 0 || erased < 0 || erasure < 0)
                return;
            while (rows.Next() is { } row)
            {
                if (row.Count == header.Count && (row[erased].Length > 0 || row[erasure].Length > 0))
                    _claims.Add(new Claim(PackLayout.Runs, "what run " + row[run] + " came to", Number(row[erased]), Number(row[erasure]), EntryKind.RunFinished.Spelt(), "run-" + row[run]));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            _findings.Report(PackLayout.Runs, $"cannot be read: {e.Message}");
        }
    }

    private void Report(string file, FormattableString problem) => _findings.Report(file, FormattableString.Invariant(problem));

    private static long? Number(JsonElement root, string member) => root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static long? Number(string field) => long.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Something that a file of the pack says was erased.</summary>
    /// <param name="What">What it is, for a sentence.</param>
    /// <param name="Erased">The entry that held it.</param>
    /// <param name="Erasure">The entry that records the erasure.</param>
    /// <param name="Kind">What kind that first entry has to be of.</param>
    /// <param name="Subject">What it has to be about; null for anything.</param>
    private sealed record Claim(string File, string What, long? Erased, long? Erasure, string Kind, string? Subject);
}
