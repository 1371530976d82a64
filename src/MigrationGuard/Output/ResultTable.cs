using System.Globalization;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using Spectre.Console;

namespace MigrationGuard.Output;

/// <summary>Results of a run as a table, and below it what is said of several of them, once.</summary>
/// <remarks>What differs has the room that a terminal of a hundred columns leaves it; sentences of that length do not fit into a cell.</remarks>
internal sealed class ResultTable(IAnsiConsole console, RunDocument run)
{
    private const int MostFindings = 4;

    private readonly bool _hasSeveralComparisons = run.Results.Select(result => result.Comparison).Distinct().Count() > 1;

    /// <summary>Writes the results, the gravest first; nothing where there are none.</summary>
    /// <param name="showMatches">Whether the run's matches follow them, a row for each entity.</param>
    public void Write(IEnumerable<CheckResult> differing, bool showMatches)
    {
        var rows = differing.OrderBy(result => RunText.Severity.IndexOf(result.Outcome.Name)).ToList();
        var matching = run.Results.Where(result => showMatches && result.Outcome is CheckOutcome.Match).ToList();
        if (rows.Count == 0 && matching.Count == 0)
            return;
        var table = new Table().Border(TableBorder.Simple).Expand();
        table.AddColumn(new TableColumn("Outcome").NoWrap());
        table.AddColumn("Check");
        table.AddColumn(new TableColumn(run.Kind is null ? "Source → target" : "Measured").RightAligned());
        table.AddColumn(run.Kind is null ? "Difference" : "Finding");
        // What could not be checked for one reason is one row: a server that is down must not fill the screen.
        foreach (var alike in rows.Index().GroupBy(row => row.Item.Outcome is CheckOutcome.NotChecked notChecked ? (notChecked.Reason, -1) : ("", row.Index), row => row.Item))
            AddRow(table, alike.First().Outcome.Name, Names([.. alike]), alike.First(), Difference(alike.First()));
        // One row for all that matches of an entity: what is wrong must not scroll away. Of promises each says something else.
        foreach (var matches in matching.GroupBy(result => run.Kind is null ? Entity(result) : Name(result)))
            AddRow(table, "match", Name([.. matches]), matches.FirstOrDefault(result => result.Check == CheckNames.RecordCount) ?? matches.First(), "");
        console.Write(table);
        RunText.WriteLines(console, "Since when", Shared(rows, result => result.Exposure is { } exposure ? [ExposureReading.Of(result, exposure)] : [], Name));
        RunText.WriteLines(console, "Notes", Shared(rows.Concat(matching), result => [.. result.Narrowed, .. result.Notes], result => run.Kind is null ? Entity(result) : Name(result)));
    }

    private void AddRow(Table table, string outcome, string name, CheckResult measured, string difference) => table.AddRow(
        new Markup($"[{RunText.Colour(outcome)}]{outcome}[/]"),
        new Text(Printable.Of(name)),
        new Text(Printable.Of(Measured(measured))),
        new Text(Printable.Of(difference)));

    private string Entity(CheckResult result) => (_hasSeveralComparisons ? result.Comparison + " / " : "") + (result.Entity ?? result.Check);

    private string Name(CheckResult result) =>
        result.Entity is null ? Entity(result) : $"{Entity(result)}: {result.Check}{(result.By is null ? "" : " by " + string.Join(", ", result.By))}";

    private string Name(IReadOnlyList<CheckResult> matches) =>
        matches is [var one] ? Name(one) : string.Create(CultureInfo.InvariantCulture, $"{Entity(matches[0])}: {matches.Count} checks");

    private string Names(IReadOnlyList<CheckResult> alike)
    {
        const int most = 4;
        var entities = alike.Select(Entity).Distinct().ToList();
        if (entities.Count == 1)
            return Name(alike);
        var more = entities.Count > most ? string.Create(CultureInfo.InvariantCulture, $" and {entities.Count - most} more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", entities.Take(most))}{more}: {alike.Count} checks");
    }

    // What is measured alike on both sides is shown once.
    private string Measured(CheckResult result)
    {
        var names = (result.Source?.Keys ?? []).Union(result.Target?.Keys ?? []).Where(name => name != "matched").ToList();
        if (names.Contains("groups"))
            return Pair(result, "groups") is "1" ? "1 group" : Pair(result, "groups") + " groups";
        if (run.Kind is not null)
            return string.Join('\n', names.Select(name => $"{name} {((result.Source?.GetValueOrDefault(name) ?? result.Target![name]) is { IsNull: false } value ? FindingText.Number(value) : "–")}"));
        return names.Count == 0 ? "–" : string.Join('\n', names.Select(name => Pair(result, name)));
    }

    private static string Pair(CheckResult result, string name)
    {
        var (source, target) = (Spelt(result.Source), Spelt(result.Target));
        return source == target ? source : $"{source} → {target}";

        string Spelt(IReadOnlyDictionary<string, Scalar>? measured) => measured?.GetValueOrDefault(name) is not { } value ? "–"
            : name == CheckNames.Fingerprint ? Short(value)
            : FindingText.Number(value);
    }

    // A column of a terminal has no room for a digest, and a reader no use: whether two differ is what it says.
    private static string Short(Scalar digest)
    {
        const int shown = 8;
        return digest.ToString() is { Length: > shown } text ? text[..shown] + "…" : digest.ToString();
    }

    private string Difference(CheckResult result)
    {
        if (result.Outcome is CheckOutcome.NotChecked notChecked)
            return notChecked.Reason;
        // One of each kind before a second of any: many harmless ones must not hide the one that is not.
        var findings = result.Outcome.AllFindings.GroupBy(finding => finding.Kind).SelectMany(alike => alike.Select((finding, place) => (finding, place))).OrderBy(ordered => ordered.place).Select(ordered => ordered.finding).ToList();
        var lines = findings.Take(MostFindings).Select(finding => FindingText.Of(finding, run.Kind)).ToList();
        if (findings.Count > MostFindings)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {findings.Count - MostFindings} more"));
        if (result.Outcome is CheckOutcome.Accepted accepted)
            lines.Add("accepted: " + accepted.Because);
        return string.Join('\n', lines);
    }

    // Each sentence after the names of all that it is said of.
    private static List<string> Shared(IEnumerable<CheckResult> results, Func<CheckResult, IReadOnlyList<string>> said, Func<CheckResult, string> name) =>
    [
        .. results.SelectMany(said, (result, sentence) => (Name: name(result), Sentence: sentence))
            .GroupBy(said => said.Sentence, StringComparer.Ordinal)
            .Select(alike => $"{string.Join(", ", alike.Select(said => said.Name).Distinct())} – {alike.Key}"),
    ];
}
