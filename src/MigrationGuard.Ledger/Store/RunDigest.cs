using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Ledger.Store;

/// <summary>SHA-256 over a run's results as they are stored, in order.</summary>
/// <remarks>Each result counts as a line, <c>ORDINAL PART JSON</c> and a line feed in UTF-8, so that stock tools can hash an export of them.</remarks>
internal sealed class RunDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public long Results { get; private set; }

    public void Add(StoredResult result)
    {
        _hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{result.Ordinal} {result.Part} {result.Document}\n")));
        Results++;
    }

    /// <summary>The hash in lower-case hex; starts afresh.</summary>
    public string Finish() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    /// <summary>SHA-256 of a run's document, in lower-case hex.</summary>
    public static string Of(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    public void Dispose() => _hash.Dispose();
}

/// <summary>A result as the store has it.</summary>
internal sealed record StoredResult
{
    /// <summary>A run's results, in the order in which they count.</summary>
    public const string Select = "SELECT ordinal AS Ordinal, part AS Part, document AS Document FROM run_result WHERE run_id = @run ORDER BY ordinal, part";

    public int Ordinal { get; init; }

    public int Part { get; init; }

    public string Document { get; init; } = "";

    public CheckResult Read() => JsonSerializer.Deserialize<CheckResult>(Document, LedgerJson.Compact)!;
}
