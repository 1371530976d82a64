using System.Collections.Immutable;
using System.Globalization;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;
using Spectre.Console;

namespace MigrationGuard.Output;

/// <summary>A run as text: what is wrong first, then the verdict, large, and again on a line of its own.</summary>
public static class RunText
{
    /// <summary>Outcomes from the gravest on.</summary>
    public static readonly ImmutableArray<string> Severity = ["mismatch", "not-checked", "accepted", "match"];

    public static void Write(RunDocument run, ProgramContext context)
    {
        var console = Terminal.On(context.Output, context, context.OutputIsTerminal);
        if (run.Against is { } delta)
            WriteDelta(console, run, delta);
        else
            WriteResults(console, run, run.Results.Where(result => result.Outcome is not CheckOutcome.Match), showMatches: true);
        WriteTables(console, "Not covered by any entity (cover them, or list them under Excluded with a reason)", "red", run.Uncovered);
        WriteTables(console, "Excluded", "grey", run.Excluded);
        WriteLines(console, "Not configured", run.NotConfigured);
        WriteVerdict(console, context, run);
    }

    /// <summary>The colour of an outcome; never the only thing that tells outcomes apart.</summary>
    public static string Colour(string outcome) => outcome switch
    {
        "mismatch" => "red",
        "not-checked" => "yellow",
        "accepted" => "blue",
        _ => "green",
    };

    // What is new must not have to be looked for among what was known last week.
    private static void WriteDelta(IAnsiConsole console, RunDocument run, RunDelta delta)
    {
        WriteTitled("New against " + delta.Name, delta.New, "red");
        WriteTitled($"Known from {delta.Name}", delta.Known, "grey");
        WriteTitled($"Gone since {delta.Name}", delta.Gone, "grey");
        WriteTitled($"Open in {delta.Name}, and not looked at again", delta.NotMadeAgain, "yellow");
        WriteResults(console, run, [], showMatches: true);

        void WriteTitled(string title, IReadOnlyList<CheckResult> results, string colour)
        {
            console.MarkupLine($"[{colour}]{Markup.Escape(Printable.Of(title))}:{(results.Count == 0 ? " nothing" : "")}[/]");
            WriteResults(console, run, results, showMatches: false);
        }
    }

    private static void WriteResults(IAnsiConsole console, RunDocument run, IEnumerable<CheckResult> differing, bool showMatches)
    {
        var rows = differing.OrderBy(result => Severity.IndexOf(result.Outcome.Name)).ToList();
        var matching = run.Results.Where(result => showMatches && result.Outcome is CheckOutcome.Match).ToList();
        if (rows.Count == 0 && matching.Count == 0)
            return;
        var table = new Table().Border(TableBorder.Simple).Expand();
        table.AddColumn(new TableColumn("Outcome").NoWrap());
        table.AddColumn("Entity or query");
        table.AddColumn("Check");
        table.AddColumn(new TableColumn("Source").RightAligned());
        table.AddColumn(new TableColumn("Target").RightAligned());
        table.AddColumn("Difference");
        var several = run.Results.Select(result => result.Comparison).Distinct().Count() > 1;
        foreach (var result in rows)
            AddRow(table, result.Outcome.Name, Name(result, several), CheckOf(result), result, Difference(result));
        // One row for all that matches of an entity: what is wrong must not scroll away.
        foreach (var matches in matching.GroupBy(result => Name(result, several)))
            AddRow(table, "match", matches.Key, Checks(matches), matches.FirstOrDefault(result => result.Check == CheckNames.RecordCount) ?? matches.First(), Remarks(matches));
        console.Write(table);
    }

    private static void AddRow(Table table, string outcome, string name, string check, CheckResult measured, string difference) => table.AddRow(
        new Markup($"[{Colour(outcome)}]{outcome}[/]"),
        new Text(Printable.Of(name)),
        new Text(Printable.Of(check)),
        new Text(Printable.Of(Measured(measured.Source))),
        new Text(Printable.Of(Measured(measured.Target))),
        new Text(Printable.Of(difference)));

    private static string Name(CheckResult result, bool several) => (several ? result.Comparison + " / " : "") + (result.Entity ?? result.Check);

    private static string CheckOf(CheckResult result) =>
        result.Entity is null ? "" : result.Check + (result.By is null ? "" : " by " + string.Join(", ", result.By));

    private static string Checks(IEnumerable<CheckResult> matches)
    {
        var checks = matches.ToList();
        return checks is [var one] ? CheckOf(one) : string.Create(CultureInfo.InvariantCulture, $"{checks.Count} checks");
    }

    private static string Remarks(IEnumerable<CheckResult> matches) =>
        string.Join('\n', matches.SelectMany(result => result.Narrowed.Concat(result.Notes)).Distinct());

    private static string Measured(IReadOnlyDictionary<string, Scalar>? measured)
    {
        if (measured is null)
            return "–";
        if (measured.TryGetValue("groups", out var groups))
            return $"{Number(groups)} {(groups.Number == 1 ? "group" : "groups")}";
        return string.Join('\n', measured.Where(value => value.Key != "matched").Select(value => value.Key == CheckNames.Fingerprint ? Short(value.Value) : Number(value.Value)));
    }

    // A column of a terminal has no room for a digest, and a reader no use: whether two differ is what it says.
    private static string Short(Scalar digest)
    {
        const int shown = 12;
        return digest.ToString() is { Length: > shown } text ? text[..shown] + "…" : digest.ToString();
    }

    private static string Difference(CheckResult result)
    {
        const int shown = 4;
        if (result.Outcome is CheckOutcome.NotChecked notChecked)
            return notChecked.Reason;
        var findings = result.Outcome.AllFindings;
        var lines = findings.Take(shown).Select(Sentence).ToList();
        if (findings.Count > shown)
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"and {findings.Count - shown} more"));
        if (result.Outcome is CheckOutcome.Accepted accepted)
            lines.Add("accepted: " + accepted.Because);
        lines.AddRange(result.Notes);
        if (result.Exposure is { } exposure)
            lines.Add(ExposureReading.Of(exposure));
        return string.Join('\n', lines);
    }

    private static string Sentence(Finding finding) => finding switch
    {
        { Kind: FindingKinds.Changed, Count: { } rows, Columns: { } columns } => $"{Differ(rows)} in {string.Join(", ", columns)}{(finding.Detail is null ? "" : ". " + finding.Detail)}",
        { Kind: FindingKinds.Changed, Count: { } rows, Detail: { } detail } => $"{Differ(rows)}. {detail}",
        { Detail: { } detail } => detail,
        { Kind: FindingKinds.MissingInTarget, Group: { } key } => $"missing in the target: {string.Join(", ", key)}",
        { Kind: FindingKinds.ExtraInTarget, Group: { } key } => $"extra in the target: {string.Join(", ", key)}",
        { Kind: FindingKinds.MissingInTarget } => $"{finding.Count:N0} missing in the target",
        { Kind: FindingKinds.ExtraInTarget } => $"{finding.Count:N0} extra in the target",
        { Kind: FindingKinds.GroupDiffers } => $"{string.Join(", ", finding.Group ?? [])}: {Number(finding.Source!)} → {Number(finding.Target!)}",
        { Columns: { } columns, Group: { } key } => $"{string.Join(", ", key)}: {string.Join(", ", columns)} {finding.Source} → {finding.Target}",
        { Columns: { } columns } => $"{string.Join(", ", columns)} {finding.Source ?? Scalar.Null} → {finding.Target ?? Scalar.Null}",
        _ => finding.Kind,
    };

    private static string Differ(long rows) => $"{rows:N0} {(rows == 1 ? "row differs" : "rows differ")}";

    private static string Number(Scalar value) => value.Number?.ToString("N0", CultureInfo.InvariantCulture) ?? value.ToString();

    private static void WriteTables(IAnsiConsole console, string title, string colour, IReadOnlyList<TableRemark> tables)
    {
        if (tables.Count == 0)
            return;
        console.MarkupLine($"[{colour}]{Markup.Escape(title)}:[/]");
        foreach (var table in tables)
            console.WriteLine(Printable.Of($"  {table.Comparison}: {table.Table}{(table.Reason is null ? "" : " – " + table.Reason)}"));
        console.WriteLine();
    }

    private static void WriteLines(IAnsiConsole console, string title, IReadOnlyList<string> lines)
    {
        if (lines.Count == 0)
            return;
        console.MarkupLine($"[grey]{Markup.Escape(title)}:[/]");
        foreach (var line in lines)
            console.WriteLine(Printable.Of("  " + line));
        console.WriteLine();
    }

    private static void WriteVerdict(IAnsiConsole console, ProgramContext context, RunDocument run)
    {
        var colour = run.Verdict switch { Verdict.Go => Color.Green, Verdict.NoGo => Color.Red, _ => Color.Yellow };
        console.Write(new FigletText(run.Verdict.Spelt()).Color(colour));
        console.WriteLine(VerdictReason.Of(run));
        if (run.Forecast is { } forecast)
            console.WriteLine(ForecastReading.Of(run, forecast));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Run {run.Run}, scope {run.Scope.ToString().ToLowerInvariant()}{(run.LimitedTo is null ? "" : $" ({run.LimitedTo})")}."));
        console.WriteLine();
        // Not through the console: whatever a terminal does to lines, this one is the verdict and nothing else.
        context.Output.WriteLine(run.Verdict.Spelt());
    }
}
