using System.Text.RegularExpressions;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Privacy;

/// <summary>What of the ledger a pack may hold: no key and no value of a compared row, no password, no connection string, nobody's address.</summary>
/// <remarks>
/// Counts, newest moments, names of tables and columns, and keyed digests are what was promised to leave. Labels of groups stay where
/// they are codes. Of sentences, what is quoted and is no name goes, and so do the words of databases and drivers.
/// </remarks>
public sealed partial class PackPrivacy
{
    /// <summary>What a digest begins with where a label is not shown.</summary>
    public const string DigestPrefix = LabelPrivacy.DigestPrefix;

    /// <summary>What stands where words are not shown.</summary>
    public const string LeftOut = LooseText.LeftOut;

    private readonly DeclaredCodes _codes;
    private readonly byte[] _projectKey;
    private readonly RunDocument _run;
    private readonly SentencePrivacy _sentences;
    private readonly Dictionary<ResultKey, ResultPrivacy> _results = [];

    private PackPrivacy(RunDocument run, DeclaredCodes codes, byte[] projectKey)
    {
        (_run, _codes, _projectKey) = (run, codes, projectKey);
        _sentences = new SentencePrivacy(run, codes.Servers);
        foreach (var result in run.Results)
            _results.TryAdd(ResultKey.Of(result), ResultPrivacy.Of(result, run.Kind, codes, projectKey));
    }

    /// <summary>A run as a pack may hold it.</summary>
    /// <param name="projectKey">The ledger's, under which labels are digested.</param>
    public static RunDocument Of(RunDocument run, DeclaredCodes codes, byte[] projectKey) => new PackPrivacy(run, codes, projectKey).Run();

    /// <summary>An approved difference as a pack may hold it: of its groups, the values of columns that are declared codes.</summary>
    /// <param name="projectKey">The ledger's, under which labels are digested.</param>
    public static Approval Of(Approval approval, DeclaredCodes codes, byte[] projectKey)
    {
        var labels = new LabelPrivacy(projectKey, approval.Comparison, approval.Entity ?? approval.Check);
        return approval with
        {
            Groups = [.. approval.Groups.Select(group => (IReadOnlyList<string?>)[.. group.Select((value, index) => Shown(group, value, index))])],
            Reason = LooseText.Of(approval.Reason),
            ApprovedBy = LooseText.Of(approval.ApprovedBy),
        };

        string? Shown(IReadOnlyList<string?> group, string? value, int index)
        {
            // One value that is an asterisk stands for any group.
            if (value is null || (group.Count == 1 && value == "*"))
                return value;
            var column = approval.Columns.Count == group.Count ? approval.Columns[index] : ResultPrivacy.Nameless(index);
            return labels.Of(column, new Scalar(value), codes.Has(approval.Comparison, approval.Entity, column)).ToString();
        }
    }

    /// <summary>A configured filter as a pack may hold it: without literals that may name somebody.</summary>
    /// <param name="engine">The engine's name, as configurations or as servers give it; null for one that is not known, of whose filter nothing is shown.</param>
    /// <param name="names">Names of columns, which stay where they are quoted.</param>
    public static string OfFilter(string filter, string? engine, IReadOnlySet<string> names) => new SqlPrivacy(engine, names).OfText(filter);

    /// <summary>Whose migration it is, as a pack may hold it.</summary>
    public static ProjectDescription Of(ProjectDescription project) => new(LooseText.Of(project.Name), LooseText.OfAny(project.DpiaReference), LooseText.OfAny(project.Owner));

    /// <summary>Words that somebody wrote into a configuration, a reason for one, as a pack may hold them.</summary>
    /// <param name="codes">Of which the names of servers stay.</param>
    public static string OfWords(string words, DeclaredCodes codes) => LooseText.Of(words, codes.Servers);

    private RunDocument Run() => _run with
    {
        LimitedTo = _sentences.OfAny(_run.LimitedTo),
        Uncovered = [.. _run.Uncovered.Select(Table)],
        Excluded = [.. _run.Excluded.Select(Table)],
        NotConfigured = [.. _run.NotConfigured.Select(_sentences.Of)],
        Interrupted = _sentences.OfAny(_run.Interrupted),
        Label = LooseText.OfAny(_run.Label),
        // Of an unfinished run alone, and of use only to whoever goes on with it.
        PlanParts = null,
        Against = _run.Against is not { } against ? null : against with
        {
            Label = LooseText.OfAny(against.Label),
            New = [.. against.New.Select(Result)],
            Known = [.. against.Known.Select(Result)],
            Gone = [.. against.Gone.Select(Result)],
            NotMadeAgain = [.. against.NotMadeAgain.Select(Result)],
        },
        Project = _run.Project is not { } project ? null : Of(project),
        Servers = [.. _run.Servers.Select(server => server with { Database = LooseText.Of(server.Database), Replica = _sentences.OfAny(server.Replica) })],
        Results = [.. _run.Results.Select(Result)],
    };

    private TableRemark Table(TableRemark table) => table with { Reason = LooseText.OfAny(table.Reason) };

    private CheckResult Result(CheckResult result)
    {
        var privacy = _results.TryGetValue(ResultKey.Of(result), out var known) ? known : ResultPrivacy.Of(result, _run.Kind, _codes, _projectKey);
        return result with
        {
            Outcome = result.Outcome switch
            {
                CheckOutcome.Mismatch(var findings) => new CheckOutcome.Mismatch([.. findings.Select(finding => privacy.Of(finding, _sentences))]),
                CheckOutcome.Accepted(var findings, var because) => new CheckOutcome.Accepted([.. findings.Select(finding => privacy.Of(finding, _sentences))], LooseText.Of(because)),
                CheckOutcome.NotChecked(var reason) => new CheckOutcome.NotChecked(_sentences.Of(reason)),
                var match => match,
            },
            Source = Measured(result.Source),
            Target = Measured(result.Target),
            Breakdown = result.Breakdown is null ? null : [.. result.Breakdown.Select(group => group with { Group = privacy.OfGroup(group.Group) })],
            Narrowed = [.. result.Narrowed.Select(sentence => Note(result, sentence))],
            Notes = [.. result.Notes.Select(note => Note(result, note))],
            Proves = LooseText.OfAny(result.Proves),
            // An unkeyed digest of a filter can be guessed back to it.
            Extent = result.Extent is null ? null : privacy.Labels.Digest("extent", result.Extent),
            SourceSql = Sql(result, "source", result.SourceSql),
            TargetSql = Sql(result, "target", result.TargetSql),
        };
    }

    // Counts, and the newest moments and folds of digests, which are all that is ever measured.
    private static Dictionary<string, Scalar>? Measured(IReadOnlyDictionary<string, Scalar>? measured) =>
        measured?.ToDictionary(item => item.Key, item => item.Value.Text is { } text && !Measure().IsMatch(text) ? new Scalar(LooseText.LeftOut) : item.Value);

    private string Note(CheckResult result, string note) => Filter().Match(note) is { Success: true } filter
        ? filter.Groups["before"].Value + Engine(result, SideOf(filter.Groups["side"].Value)).OfText(filter.Groups["filter"].Value) + filter.Groups["after"].Value
        : _sentences.Of(note);

    private string? Sql(CheckResult result, string side, string? sql)
    {
        if (sql is null || _codes.IsPublished(sql))
            return sql;
        var engine = Engine(result, side);
        return result.Entity is null ? engine.OfText(sql) : engine.OfStatement(sql);
    }

    // Where a side has servers of several engines, nobody can say which of them a statement was for.
    private SqlPrivacy Engine(CheckResult result, string side) => new(
        _run.Servers.Where(server => server.Comparison == result.Comparison && server.Side == side).Select(server => server.Product).Distinct().Take(2).ToList() is [var only] ? only : null,
        _codes.NamesOf(result.Comparison, result.Entity));

    // A frozen copy is of old, and so the source, as everywhere.
    private static string SideOf(string place) => place switch
    {
        "live database" => "target",
        "frozen copy" => "source",
        _ => place,
    };

    internal static bool IsMeasure(string text) => Measure().IsMatch(text);

    // A moment, with or without time and offset; or 32 hex digits, to which digests are folded.
    [GeneratedRegex(@"\A(?:-?[0-9]{4,5}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?)?(?: ?Z| ?UTC|[+-][0-9]{2}:[0-9]{2})?|[0-9a-f]{32})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Measure();

    [GeneratedRegex(@"\A(?<before>Only rows of the (?<side>source|target|live database|frozen copy) where )(?<filter>.*)(?<after> are (?:compared|looked at)\.)\z", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Filter();
}
