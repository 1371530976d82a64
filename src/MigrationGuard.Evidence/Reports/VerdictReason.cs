using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Reports;

/// <summary>Why a run came to its verdict, in one sentence.</summary>
public static class VerdictReason
{
    private const int MostCaveats = 3;

    public static string Of(RunDocument run) => Of(new RunOutline(run));

    internal static string Of(RunOutline outline) => outline.Run.ErasedEnd is { } entry
        ? $"What this run came to was erased from the ledger (entry {Figures.Count(entry)}), so nothing holds its results: what it found good proves nothing any more, and what it found wrong still counts. As it was shown: {Shown(outline)}"
        : Shown(outline);

    private static string Shown(RunOutline outline) => outline.Run.Verdict switch
    {
        Verdict.Go => Go(outline),
        Verdict.NoGo => NoGo(outline),
        _ => Incomplete(outline),
    };

    private static string Go(RunOutline outline)
    {
        var checks = outline.Results.Count == 1 ? "The one check" : $"All {Figures.Count(outline.Results.Count)} checks";
        if (outline.Run.Kind is not null)
            return $"{checks} found what was promised to be so.{Caveats(outline)}";
        var found = outline.Accepted.Count == 0
            ? "found both sides the same"
            : $"found both sides the same or differing only as accepted beforehand ({Figures.Count(outline.Accepted.Count)})";
        return $"{checks} {found}, and every source table is covered or excluded with a reason. {Depth(outline)}{Caveats(outline)}";
    }

    private static string Depth(RunOutline outline)
    {
        var entities = outline.Results.Where(result => result.Result.Entity is not null).GroupBy(result => (result.Result.Comparison, result.Result.Entity)).ToList();
        var compared = entities.Count(entity => entity.Any(result => result.Result.Check == CheckNames.Fingerprint));
        if (compared == 0)
            return "Counts, groups and newest moments were compared, not the contents of rows.";
        return compared == entities.Count
            ? $"Every row was compared, column by column{LeftOut(entities)}."
            : $"Every row of {Figures.Count(compared)} of {Figures.Count(entities.Count, "entity", "entities")} was compared, column by column{LeftOut(entities)}; of the others counts, groups and newest moments, not the contents of rows.";
    }

    // How many rows a filter keeps out nobody counted: of how many entities they are is known.
    private static string LeftOut(IEnumerable<IEnumerable<ReportedResult>> entities)
    {
        var left = entities.Select(entity => entity.SelectMany(result => LeftOutNotes.Of(result.Result)).ToList()).ToList();
        var (filtered, narrowed) = (left.Count(notes => notes.Any(LeftOutNotes.IsOfRows)), left.Count(notes => notes.Any(LeftOutNotes.IsOfColumns)));
        var parts = new[]
        {
            filtered == 0 ? null : $"of {Figures.Count(filtered, "entity", "entities")} only the rows that its filter picks",
            narrowed == 0 ? null : $"of {Figures.Count(narrowed, "entity", "entities")} not every column",
        }.OfType<string>().ToList();
        return parts.Count == 0 ? "" : $" (but {string.Join(", and ", parts)}; the notes of the results say which)";
    }

    private static string NoGo(RunOutline outline)
    {
        var found = outline.Run.Kind is null ? "differences that nobody accepted" : "what was promised not to be so";
        var of = $"{Figures.Count(outline.Mismatches.Count)} of {Figures.Count(outline.Results.Count, "check", "checks")} found {found}";
        var open = outline.NotChecked.Count == 0 ? of + "." : $"{of}, and {Figures.Count(outline.NotChecked.Count)} more could not be made.";
        return outline.Run.Interrupted is { } interruption ? $"{open} The run ended early: {interruption}" : open;
    }

    // What every result of a comparison remarks belongs beside the verdict too.
    private static string Caveats(RunOutline outline)
    {
        var notes = outline.Results
            .GroupBy(result => result.Result.Comparison)
            .SelectMany(comparison => comparison.Select(result => result.Result.Notes.AsEnumerable()).Aggregate(Enumerable.Intersect))
            .Distinct()
            .ToList();
        // A promise may have a note for every file: where there is one promise, all of them would stand here.
        var shown = outline.Run.Kind is null ? notes.Count : Math.Min(notes.Count, MostCaveats);
        var more = notes.Count == shown ? "" : $" {Figures.Count(notes.Count - shown, "more remark stands", "more remarks stand")} with the results.";
        return string.Concat(notes.Take(shown).Select(note => " " + note)) + more;
    }

    private static string Incomplete(RunOutline outline)
    {
        var run = outline.Run;
        var obstacles = new List<string>();
        if (run.Interrupted is { } interruption)
            obstacles.Add($"the run ended early ({interruption.TrimEnd('.')})");
        else if (run.Finished is null)
            obstacles.Add("the run has no recorded end");
        if (outline.Results.Count == 0)
            obstacles.Add("nothing was checked");
        if (outline.NotChecked.Count > 0)
            obstacles.Add($"{Figures.Count(outline.NotChecked.Count, "check", "checks")} of {Figures.Count(outline.Results.Count)} could not be made");
        if (run.Uncovered.Count > 0)
            obstacles.Add($"{Figures.Count(run.Uncovered.Count, "source table is", "source tables are")} neither covered nor excluded");
        if (run.Scope == Scope.Partial)
            obstacles.Add("only a part of what is configured was to be checked");
        return obstacles.Count == 0
            ? "Neither a yes nor a no: the run's record does not say why."
            : $"Neither a yes nor a no: {Listed(obstacles)}.";
    }

    private static string Listed(IReadOnlyList<string> parts) => parts.Count == 1
        ? parts[0]
        : string.Join(", ", parts.SkipLast(1)) + " and " + parts[^1];
}
