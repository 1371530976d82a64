using System.Globalization;
using System.Text.RegularExpressions;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Privacy;

/// <summary>What of one result's groups, keys and values a pack may hold.</summary>
internal sealed partial class ResultPrivacy
{
    private readonly IReadOnlyList<string> _columns;
    private readonly IReadOnlyList<bool> _areCodes;
    private readonly QueryHeader? _query;
    private readonly bool _isOfBackups;

    private ResultPrivacy(LabelPrivacy labels, IReadOnlyList<string> columns, IReadOnlyList<bool> areCodes, QueryHeader? query, bool isOfBackups) =>
        (Labels, _columns, _areCodes, _query, _isOfBackups) = (labels, columns, areCodes, query, isOfBackups);

    public LabelPrivacy Labels { get; }

    /// <param name="kind">What the run looked at, one of <see cref="RunKinds"/>; null where it compared databases.</param>
    public static ResultPrivacy Of(CheckResult result, string? kind, DeclaredCodes codes, byte[] projectKey)
    {
        var labels = new LabelPrivacy(projectKey, result.Comparison, result.Entity ?? result.Check);
        if (result.Entity is not null)
        {
            var by = result.By ?? [];
            return new ResultPrivacy(labels, by, [.. by.Select((column, index) => codes.Has(result.Comparison, result.Entity, column) || HoldsCodes(result, index))], query: null, isOfBackups: kind == RunKinds.Backups);
        }
        // Where the two sides' texts differ, only what both declare is declared.
        var (source, target) = (QueryHeader.Of(result.SourceSql), QueryHeader.Of(result.TargetSql));
        var declared = source.Codes.Intersect(target.Codes, StringComparer.OrdinalIgnoreCase).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new ResultPrivacy(labels, source.Key, [.. source.Key.Select(declared.Contains)], new QueryHeader(source.Key, declared), isOfBackups: false);
    }

    /// <summary>What a column is called whose name nobody says.</summary>
    public static string Nameless(int index) => "#" + index.ToString(CultureInfo.InvariantCulture);

    public IReadOnlyList<Scalar> OfGroup(IReadOnlyList<Scalar> group) => [.. group.Select((value, index) => index < _columns.Count
        ? Labels.Of(_columns[index], value, _areCodes[index] || IsHarmless(value))
        : Labels.Of(Nameless(index), value, IsHarmless(value)))];

    public Finding Of(Finding finding, SentencePrivacy sentences) => finding with
    {
        Group = finding.Group is null ? null : OfGroup(finding.Group),
        Source = Value(finding, finding.Source, sentences),
        Target = Value(finding, finding.Target, sentences),
        Detail = sentences.OfAny(finding.Detail),
    };

    // Of an entity it is a count, a newest moment or a declared type; of a query's row, whatever the query selects.
    private Scalar? Value(Finding finding, Scalar? value, SentencePrivacy sentences)
    {
        if (value is null)
            return null;
        if (_query is not null)
        {
            var column = finding.Columns is [var only] ? only : Nameless(0);
            return Labels.Of(column, value, _query.Codes.Contains(column) || IsHarmless(value));
        }
        if (value.Text is not { } text || (finding.Kind == FindingKinds.TimestampDiffers && PackPrivacy.IsMeasure(text)) || (_isOfBackups && OfHeader().IsMatch(text)))
            return value;
        return new Scalar(finding.Kind == FindingKinds.SchemaDiffers ? sentences.Of(text) : LooseText.LeftOut);
    }

    // A query may select a number that is somebody's; that something is so or is not so is nobody's.
    private bool IsHarmless(Scalar value) => _query is not null && LabelPrivacy.IsTruth(value);

    // Kinds of back-ups, log sequence numbers, and identities of back-ups and families: nothing of any row.
    [GeneratedRegex(@"\A(?:Full|Differential|Log|[0-9]{16,25}|[0-9a-f]{32})\z", RegexOptions.CultureInvariant)]
    private static partial Regex OfHeader();

    // Of the whole column: a text column that holds a number here and there is not one of codes.
    private static bool HoldsCodes(CheckResult result, int index) =>
        (result.Breakdown ?? []).Select(group => group.Group)
            .Concat(result.Outcome.AllFindings.Select(finding => finding.Group).OfType<IReadOnlyList<Scalar>>())
            .All(group => index < group.Count && LabelPrivacy.IsCodeLike(group[index]));
}
