using System.Globalization;
using System.Text;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Tests.Ledger;

/// <summary>Follows lines of the chain outside the store, what <c>ledger export</c> writes or a part of it, as somebody else's program would.</summary>
internal static class ExportedLines
{
    // More than any line has.
    private const int MostCharacters = 1000;
    private const int MostProblems = 20;
    private const int BufferBytes = 64 * 1024;

    /// <summary>Follows exported lines, one in memory at a time.</summary>
    /// <param name="lines">ASCII, each line ended by a line feed.</param>
    /// <param name="each">Told every line that is an entry's, in order; null for nobody.</param>
    public static async Task<ExportedReport> VerifyAsync(Stream lines, Action<EntryLine, string>? each, CancellationToken cancellationToken)
    {
        var following = new Following(each);
        var rest = new List<byte>();
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await lines.ReadAsync(buffer, cancellationToken)) > 0)
            following.Take(buffer.AsSpan(0, read), rest);
        if (rest.Count > 0)
            following.Report("The last line has no end: the file was cut off.");
        return following.Finish();
    }

    private sealed class Following(Action<EntryLine, string>? each)
    {
        private readonly MerklePass _merkle = new();
        private readonly List<string> _problems = [];
        private EntryLine? _first;
        private string? _previous;
        private long _last;

        public void Take(ReadOnlySpan<byte> read, List<byte> rest)
        {
            while (read.IndexOf((byte)'\n') is >= 0 and var end)
            {
                if (rest.Count == 0)
                    Line(read[..end]);
                else
                {
                    rest.AddRange(read[..end]);
                    Line(rest.ToArray());
                    rest.Clear();
                }
                read = read[(end + 1)..];
            }
            // A line that never ends must not fill the memory.
            if (rest.Count <= MostCharacters)
                rest.AddRange(read);
        }

        public void Report(string problem)
        {
            if (_problems.Count < MostProblems)
                _problems.Add(problem);
        }

        public ExportedReport Finish() => new(
            _first?.Seq ?? 0, _last, _first?.Previous ?? EntryLine.NoPredecessor, _previous ?? EntryLine.NoPredecessor, _merkle.Root, _problems);

        private void Line(ReadOnlySpan<byte> bytes)
        {
            var place = string.Create(CultureInfo.InvariantCulture, $"Line {_merkle.Size + 1}");
            var text = bytes.Length > MostCharacters ? "" : Encoding.Latin1.GetString(bytes);
            if (EntryLine.Parse(text) is not { } entry)
                Report($"{place} is not what an entry's line is.");
            else
            {
                if (_first is not null && entry.Seq != _last + 1)
                    Report(string.Create(CultureInfo.InvariantCulture, $"{place} is entry {entry.Seq}, which does not come after {_last}."));
                if (_previous is not null && entry.Previous != _previous)
                    Report($"{place} does not follow from the one before it: one of the two was changed, or one between them was removed.");
                _first ??= entry;
                _last = entry.Seq;
                each?.Invoke(entry, text);
            }
            _previous = EntryLine.HashOf(bytes);
            _merkle.Add(bytes);
        }
    }
}

/// <summary>What following exported lines came to.</summary>
/// <param name="First">The first entry; 0 when there is none.</param>
/// <param name="Last">The last entry; 0 when there is none.</param>
/// <param name="Previous">What the first line names as the hash of the one before it.</param>
/// <param name="Head">SHA-256 of the last line, in lower-case hex.</param>
/// <param name="Root">The root of the Merkle tree over the lines, in lower-case hex; a checkpoint's where they begin with entry 1.</param>
/// <param name="Problems">The first problems found, each a sentence; empty for lines that follow from each other.</param>
internal sealed record ExportedReport(long First, long Last, string Previous, string Head, string Root, IReadOnlyList<string> Problems);
