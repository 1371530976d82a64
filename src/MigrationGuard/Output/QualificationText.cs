using System.Globalization;
using MigrationGuard.Qualification;

namespace MigrationGuard.Output;

/// <summary>What a qualification came to, for a reader.</summary>
internal static class QualificationText
{
    private const int MostShown = 20;

    /// <param name="file">Where the whole of it was written; null for nowhere.</param>
    public static async Task WriteAsync(QualificationDocument document, string? file, string sha256, ProgramContext context)
    {
        var output = context.Output;
        var failures = document.Corruptions.Where(corruption => !corruption.IsFound || !corruption.TwinMatched).ToList();
        foreach (var failure in failures.Take(MostShown))
            await output.WriteLineAsync(Printable.Of(Sentence(failure)));
        if (failures.Count > MostShown)
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"… and {failures.Count - MostShown} more: see --output."));
        var table = Listing.Table("Source", "Target", "Planted", "Found", "Twins matched", "Seconds");
        foreach (var engines in document.Engines)
        {
            var corruptions = document.Corruptions.Where(corruption => corruption.Pair == engines.Pair).ToList();
            table.Add(
                engines.Source,
                engines.Target,
                Number(corruptions.Count),
                Number(corruptions.Count(corruption => corruption.IsFound)),
                Number(corruptions.Count(corruption => corruption.TwinMatched)),
                engines.Seconds.ToString("0.0", CultureInfo.InvariantCulture));
        }
        table.Write(context);
        var kinds = document.Corruptions.Select(corruption => corruption.Kind).Distinct().Count();
        var types = document.Corruptions.Select(corruption => corruption.Type).Distinct().Count();
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{document.Planted} corruptions of {kinds} kinds in {types} types, from the seed {document.Seed}, by {document.Tool}."));
        if (file is not null)
            await output.WriteLineAsync($"Result:  {file}");
        await output.WriteLineAsync($"SHA-256: {sha256}");
        await output.WriteLineAsync(document.Passed
            ? "QUALIFIED: each was found, with the right rows and columns, and each undamaged twin matched."
            : "NOT QUALIFIED: this build must not be relied on.");
    }

    private static string Sentence(QualifiedCorruption corruption)
    {
        var problems = new List<string>();
        if (!corruption.TwinMatched)
            problems.Add($"the undamaged twin: {corruption.Twin}");
        if (!corruption.IsFound)
            problems.Add($"expected {Spelt(corruption.Expected)}; found {Spelt(corruption.Found)}");
        if (corruption.Reason is not null)
            problems.Add(corruption.Reason);
        return $"[{(corruption.IsFound ? "FALSE ALARM" : "MISSED")}] {corruption.Pair}, {corruption.Id}: {string.Join(". ", problems)}";
    }

    private static string Spelt(ObservationDocument observation) => observation.Findings.Count == 0
        ? "nothing" + (observation.Checks.Count == 0 ? "" : $" but {string.Join(", ", observation.Checks)}")
        : string.Join(", ", observation.Findings.Select(finding => new ObservedFinding(finding.Kind, finding.Count, finding.Columns).ToString())) + $" by {string.Join(", ", observation.Checks)}";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
