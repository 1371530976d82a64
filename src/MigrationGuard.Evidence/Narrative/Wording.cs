using System.Globalization;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>How things are called in every report and annex.</summary>
internal static class Wording
{
    private const string Mark = "\u2022 ";

    public static Tone Tone(this Standing standing) => standing switch
    {
        Standing.Kept => Documents.Tone.Kept,
        Standing.Breached => Documents.Tone.Breached,
        _ => Documents.Tone.Unproven,
    };

    public static Tone Tone(this Verdict verdict) => verdict switch
    {
        Verdict.Go => Documents.Tone.Go,
        Verdict.NoGo => Documents.Tone.NoGo,
        _ => Documents.Tone.Incomplete,
    };

    public static Tone Tone(this CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Match => Documents.Tone.Match,
        CheckOutcome.Mismatch => Documents.Tone.Mismatch,
        CheckOutcome.Accepted => Documents.Tone.Accepted,
        _ => Documents.Tone.NotChecked,
    };

    public static Line Tagged(Tone tone) => new Inline.Tag(tone);

    public static Line Code(string value) => value.Length == 0 ? Line.Empty : new Inline.Code(value);

    /// <summary>A value of a column; a dash where there is none.</summary>
    public static Line CodeOrDash(string? value) => string.IsNullOrEmpty(value) ? "\u2013" : new Inline.Code(value);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A moment; a dash where there is none.</summary>
    public static string Moment(DateTimeOffset? moment) => moment is { } at ? Figures.Moment(at) : "\u2013";

    /// <summary>What evidence is of.</summary>
    public static string Of(EvidenceScope scope) => scope switch
    {
        EvidenceScope.OfRun run => $"run {run.Run}",
        EvidenceScope.OfAsset asset => $"the asset {asset.Asset}",
        EvidenceScope.OfPeriod period => $"the time from {Figures.Moment(period.From)} to before {Figures.Moment(period.To)}",
        EvidenceScope.OfProject => "the whole project",
        _ => throw new InvalidOperationException("A scope that does not exist."),
    };

    /// <summary>Links to the files that show where a commitment stands, at most three; the claims file has the rest.</summary>
    public static Line Evidence(CommitmentStanding standing)
    {
        const int Most = 3;
        var files = standing.Proofs.Select(proof => proof.File).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            return "none";
        var parts = new List<Inline>();
        foreach (var file in files.Take(Most))
        {
            if (parts.Count > 0)
                parts.Add(", ");
            parts.Add(new Inline.Link(file[(file.LastIndexOf('/') + 1)..], file));
        }
        if (files.Count > Most)
        {
            parts.Add($" and {Figures.Count(files.Count - Most)} more in ");
            parts.Add(new Inline.Link("claims.csv", PackPaths.Claims));
        }
        return new Line(parts);
    }

    /// <summary>A commitment's sentence and its id.</summary>
    public static Line Sentence(Commitment commitment) => [commitment.Sentence, " ", new Inline.Code(commitment.Id)];

    /// <summary>Why it stands as it does.</summary>
    public static Line Because(CommitmentStanding standing) => Sentences(standing.Because);

    /// <summary>Sentences that do not belong together, each on a line of its own and, where there are several, behind a mark.</summary>
    /// <remarks>The mark is for where there are no lines: a cell of Markdown, or a table that is copied out as text.</remarks>
    public static Line Sentences(IReadOnlyList<string> sentences) => sentences is [var only]
        ? (Line)only
        : new Line([.. sentences.SelectMany((sentence, place) => place == 0 ? (IEnumerable<Inline>)[new Inline.Text(Mark + sentence)] : [new Inline.Break(), new Inline.Text(Mark + sentence)])]);

    /// <summary>The newest run of each kind that compares no databases, such as of back-ups, by the names of the kinds.</summary>
    public static IReadOnlyList<RunDocument> NewestOfWhatIsKept(EvidenceContent content) =>
    [
        .. content.Runs
            .Where(run => run.Kind is not null && !content.InBrief.Contains(run.Run))
            .GroupBy(run => run.Kind!, StringComparer.Ordinal)
            .OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .Select(kind => kind.OrderBy(run => run.Finished ?? run.Started).ThenBy(run => run.Run, StringComparer.Ordinal).Last()),
    ];

    /// <summary>The comparison that a report shows in full: the newest of full scope, or the newest where none is.</summary>
    public static RunDocument? ShownRun(EvidenceContent content)
    {
        var runs = content.Runs.Where(run => run.Kind is null && !content.InBrief.Contains(run.Run)).OrderBy(run => run.Finished ?? run.Started).ThenBy(run => run.Run, StringComparer.Ordinal).ToList();
        return runs.LastOrDefault(run => run.Scope == Scope.Full) ?? runs.LastOrDefault();
    }
}
