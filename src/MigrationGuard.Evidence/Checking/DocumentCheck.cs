using System.Text.Json;
using MigrationGuard.Evidence.Packs;

namespace MigrationGuard.Evidence.Checking;

/// <summary>Whether documents of a pack can be read by whoever wants to, and claims point at files that are there.</summary>
internal sealed class DocumentCheck(PackContents contents, PackFindings findings)
{
    private const int BlockBytes = 64 * 1024;

    // Longer than any single value in a document of a pack.
    private const int MostValueBytes = 16 * 1024 * 1024;

    public void Run(CancellationToken cancellationToken)
    {
        foreach (var file in contents.Files.Keys.Where(file => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Guarded(file, contents.Read, Parse);
        }
        if (contents.Files.ContainsKey(PackLayout.Claims))
            Guarded(PackLayout.Claims, contents.Understand, CheckClaims);
    }

    private void Guarded(string file, Func<string, Stream> open, Action<Stream> read)
    {
        try
        {
            using var stream = open(file);
            read(stream);
        }
        catch (JsonException e)
        {
            findings.Report(file, $"is not a JSON document: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            findings.Report(file, $"cannot be read: {e.Message}");
        }
    }

    // A token at a time: a document may be larger than the memory it would take as a whole.
    private static void Parse(Stream stream)
    {
        var buffer = new byte[BlockBytes];
        var state = new JsonReaderState();
        var held = 0;
        while (true)
        {
            var read = stream.Read(buffer, held, buffer.Length - held);
            var reader = new Utf8JsonReader(buffer.AsSpan(0, held + read), isFinalBlock: read == 0, state);
            while (reader.Read()) { }
            if (read == 0)
                return;
            state = reader.CurrentState;
            var used = (int)reader.BytesConsumed;
            held = held + read - used;
            buffer.AsSpan(used, held).CopyTo(buffer);
            if (held < buffer.Length)
                continue;
            if (buffer.Length >= MostValueBytes)
                throw new InvalidDataException("It holds a value that is longer than any of a pack.");
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    private void CheckClaims(Stream stream)
    {
        using var rows = new CsvRows(stream);
        var header = rows.Next() ?? [];
        var column = header.ToList().FindIndex(name => name.Equals(PackLayout.ClaimsFileColumn, StringComparison.OrdinalIgnoreCase));
        if (column < 0)
        {
            findings.Report(PackLayout.Claims, $"has no column \"{PackLayout.ClaimsFileColumn}\".");
            return;
        }
        for (var number = 2; rows.Next() is { } row; number++)
        {
            if (row.Count != header.Count)
                findings.Report(PackLayout.Claims, FormattableString.Invariant($"row {number} has another number of columns than the first."));
            else if (row[column].Length > 0 && !contents.Files.ContainsKey(row[column]))
                findings.Report(PackLayout.Claims, FormattableString.Invariant($"row {number} points at {row[column]}, which is not in the pack."));
        }
    }
}
