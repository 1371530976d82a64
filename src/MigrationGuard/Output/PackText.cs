using System.Globalization;
using System.Text.Json;
using MigrationGuard.Evidence.Checking;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Output;

/// <summary>What verifying a pack came to, as it is shown.</summary>
internal static class PackText
{
    public static async Task WriteAsync(PackReport report, ProgramContext context)
    {
        foreach (var problem in report.Problems)
            await context.Output.WriteLineAsync(OnOneLine(problem.ToString()));
        if (report.ProblemCount > report.Problems.Count)
            await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"… and {report.ProblemCount - report.Problems.Count} more."));
        foreach (var note in report.Notes)
            await context.Output.WriteLineAsync(OnOneLine(note));
        if (report.Signer is { } signer)
        {
            await context.Output.WriteLineAsync(OnOneLine($"Signed by {signer.Subject}, SHA-256 {signer.Sha256Thumbprint}, at {Figures.Of(signer.SignedAt)} UTC."));
            if (signer.IsDevelopment)
                await context.Output.WriteLineAsync("That is a development certificate: it proves nobody.");
        }
        if (report.Stamp is { } stamp)
            await context.Output.WriteLineAsync(OnOneLine($"Stamped at {Figures.Of(stamp.At)} UTC by {stamp.Authority}."));
        if (report.Audit is { } audit)
            await context.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Entries {audit.First} to {audit.Last} of the ledger. Of {audit.Payloads} the pack holds what they said, as their lines have it; {audit.Proofs} are proven to be in the checkpoint."));
        await context.Output.WriteLineAsync(Conclusion(report));
    }

    public static Task WriteJsonAsync(PackReport report, ProgramContext context) => context.Output.WriteLineAsync(JsonSerializer.Serialize(
        new
        {
            schema = "migrationguard.evidence-verification/1",
            path = report.Path,
            pack = report.Id,
            version = report.Version,
            conclusion = JsonNamingPolicy.KebabCaseLower.ConvertName(report.Conclusion.ToString()),
            intact = report.ProblemCount == 0,
            files = report.Files,
            bytes = report.Bytes,
            signer = report.Signer is { } signer ? new { subject = signer.Subject, sha256 = signer.Sha256Thumbprint, signedAt = signer.SignedAt, development = signer.IsDevelopment, proven = signer.IsProven } : null,
            stamp = report.Stamp is { } stamp ? new { at = stamp.At, authority = stamp.Authority, proven = stamp.IsProven } : null,
            audit = report.Audit is { } audit ? new { first = audit.First, last = audit.Last, payloads = audit.Payloads, proofs = audit.Proofs } : null,
            problemCount = report.ProblemCount,
            problems = report.Problems.Select(problem => new { file = problem.File, problem = problem.Problem }),
            notes = report.Notes,
        },
        LedgerJson.Readable));

    private static string Conclusion(PackReport report) => report.Conclusion switch
    {
        PackConclusion.Proven => string.Create(CultureInfo.InvariantCulture, $"The pack is intact, and its signer is proven: {report.Files} files."),
        PackConclusion.SignerUnproven => string.Create(CultureInfo.InvariantCulture, $"The pack is intact: {report.Files} files. Its signer is UNPROVEN."),
        PackConclusion.NewerVersion => "Nothing was found wrong with the pack, and not all of it could be judged: a newer version made it.",
        _ => string.Create(CultureInfo.InvariantCulture, $"The pack does NOT hold: {report.ProblemCount} {(report.ProblemCount == 1 ? "problem" : "problems")}."),
    };

    // A name from a pack may hold what repaints a terminal, or what looks like a line of this program's own.
    private static string OnOneLine(string text) => Printable.Of(text.ReplaceLineEndings(" "));
}
