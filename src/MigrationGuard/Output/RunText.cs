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
            new ResultTable(console, run).Write(run.Results.Where(result => result.Outcome is not CheckOutcome.Match), showMatches: true);
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
        new ResultTable(console, run).Write([], showMatches: true);

        void WriteTitled(string title, IReadOnlyList<CheckResult> results, string colour)
        {
            console.MarkupLine($"[{colour}]{Markup.Escape(Printable.Of(title))}:{(results.Count == 0 ? " nothing" : "")}[/]");
            new ResultTable(console, run).Write(results, showMatches: false);
        }
    }

    private static void WriteTables(IAnsiConsole console, string title, string colour, IReadOnlyList<TableRemark> tables)
    {
        if (tables.Count == 0)
            return;
        console.MarkupLine($"[{colour}]{Markup.Escape(title)}:[/]");
        foreach (var table in tables)
            console.WriteLine(Printable.Of($"  {table.Comparison}: {table.Table}{(table.Reason is null ? "" : " – " + table.Reason)}"));
        console.WriteLine();
    }

    internal static void WriteLines(IAnsiConsole console, string title, IReadOnlyCollection<string> lines)
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
        var colour = run.Verdict switch { Verdict.Go when run.ErasedEnd is null => Color.Green, Verdict.NoGo => Color.Red, _ => Color.Yellow };
        console.Write(new FigletText(run.ShownVerdict).Color(colour));
        console.WriteLine(VerdictReason.Of(run));
        if (run.Resumed is { Count: > 0 } resumed)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Resumed at {resumed[^1].UtcDateTime:yyyy-MM-dd HH:mm} UTC: what had been read before then holds as of when it was read, and was not read again."));
        if (run.Forecast is { } forecast)
            console.WriteLine(ForecastReading.Of(run, forecast));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Run {run.Run}, scope {run.Scope.ToString().ToLowerInvariant()}{(run.LimitedTo is null ? "" : $" ({run.LimitedTo})")}."));
        console.WriteLine();
        // Not through the console: whatever a terminal does to lines, this one is the verdict and nothing else.
        context.Output.WriteLine(run.ShownVerdict);
    }
}
