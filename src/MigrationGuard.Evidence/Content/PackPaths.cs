using System.Globalization;
using System.Text;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Evidence.Content;

/// <summary>Where things lie in a pack, relative to its root, with <c>/</c> on every system.</summary>
/// <remarks>
/// What writes a pack and what refers to its files take their names from here, so that no claim can point beside its evidence. Names that
/// people chose are reduced to what every file system and archive can hold; the number before them keeps apart what that makes alike.
/// </remarks>
public static class PackPaths
{
    public const string ReportHtml = "data/report/report.html";
    public const string ReportWord = "data/report/report.docx";
    public const string ReportJson = "data/report/report.json";
    public const string Claims = "data/claims.csv";
    public const string Environment = "data/environment.json";
    public const string Qualification = "data/qualification.json";
    public const string Runs = "data/results/runs.csv";
    public const string AuditSegment = "data/audit/segment.jsonl";
    public const string AuditCheckpoint = "data/audit/checkpoint.txt";

    private const int LongestPart = 40;

    /// <summary>A DPIA annex, such as <c>data/annexes/dpia-ico.md</c>.</summary>
    /// <param name="extension">With its point.</param>
    public static string Annex(string template, string extension) => $"data/annexes/dpia-{Safe(template)}{extension}";

    /// <summary>The proof that an entry is in the tree of the checkpoint.</summary>
    public static string Proof(long seq) => string.Create(CultureInfo.InvariantCulture, $"data/audit/proofs/{seq:000000000}.txt");

    /// <summary>A run's document.</summary>
    public static string Run(string run) => $"data/results/{Safe(run)}/run.json";

    /// <summary>What one check measured and found, such as <c>data/results/RUN/003-crm-contact-record-count.csv</c>.</summary>
    /// <param name="number">Its place in the run, from 1.</param>
    public static string Result(string run, int number, CheckResult result) => Stem(run, number, result) + ".csv";

    /// <summary>The statements of one check as executed, both sides.</summary>
    /// <param name="number">Its place in the run, from 1.</param>
    public static string Sql(string run, int number, CheckResult result) => Stem(run, number, result) + ".sql";

    /// <summary>An attestation's statement.</summary>
    public static string Attestation(string id) => $"data/attestations/{Safe(id)}/attestation.json";

    /// <summary>A file attached to an attestation.</summary>
    /// <param name="number">Its place among the attestation's files, from 1.</param>
    public static string AttachedFile(string id, int number, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"data/attestations/{Safe(id)}/{number:00}-{SafeFile(name)}");

    /// <summary>A name of letters and digits of ASCII and <c>. _ -</c>, at most 40 characters, that begins and ends with none of these; <c>_</c> for one without any.</summary>
    public static string Safe(string name)
    {
        var safe = new StringBuilder(LongestPart);
        foreach (var character in name.Take(LongestPart))
            safe.Append(char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-' ? character : '_');
        var trimmed = safe.ToString().Trim('.', '_', '-');
        return trimmed.Length == 0 ? "_" : trimmed;
    }

    private static string Stem(string run, int number, CheckResult result)
    {
        var entity = result.Entity is null ? "" : "-" + Safe(result.Entity);
        return string.Create(CultureInfo.InvariantCulture, $"data/results/{Safe(run)}/{number:000}-{Safe(result.Comparison)}{entity}-{Safe(result.Check.Replace(':', '-'))}");
    }

    // The extension says what opens the file: it outlives the cut.
    private static string SafeFile(string path)
    {
        var name = path[(path.LastIndexOfAny(['/', '\\']) + 1)..].Trim('.');
        var point = name.LastIndexOf('.');
        return point <= 0 || name.Length - point > 12 ? Safe(name) : $"{Safe(name[..point])}.{Safe(name[(point + 1)..])}";
    }
}
