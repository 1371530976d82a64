using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace MigrationGuard.TSql.Tests;

/// <summary>Reviews T-SQL by Microsoft's own grammar and by the versions that introduced what it uses.</summary>
internal static class TransactSql
{
    /// <summary>What is wrong with a text of any statements that claims to run on <paramref name="claimed"/> and later; empty when nothing is.</summary>
    public static IReadOnlyList<string> Review(string sql, SqlServerLevel claimed) => Review(sql, claimed, _ => []);

    /// <summary>The same for a text that is to be one SELECT and nothing else.</summary>
    public static IReadOnlyList<string> ReviewQuery(string sql, SqlServerLevel claimed) => Review(sql, claimed, OneSelect);

    /// <summary>The same for a text that is to be one statement of any kind.</summary>
    public static IReadOnlyList<string> ReviewStatement(string sql, SqlServerLevel claimed) => Review(sql, claimed, One);

    /// <summary>What is wrong with the keys of a script's tables.</summary>
    public static (int Keys, IReadOnlyList<string> Complaints) ReviewKeys(string script)
    {
        var keys = new KeySize();
        var parsed = Parse(script, SqlServerLevel.Sql2019, out _) ?? throw new ArgumentException("This does not parse.", nameof(script));
        parsed.Accept(keys);
        return (keys.Keys, keys.Complaints);
    }

    /// <summary>The names of a query's result columns; null stands for one without a name.</summary>
    public static IReadOnlyList<string?> ResultColumns(string sql)
    {
        var script = Parse(sql, SqlServerLevel.Sql2019, out _) as TSqlScript ?? throw new ArgumentException("This does not parse.", nameof(sql));
        var select = (SelectStatement)script.Batches.Single().Statements.Single();
        return [.. FirstSpecification(select.QueryExpression).SelectElements.Cast<SelectScalarExpression>().Select(NameOf)];
    }

    /// <summary>How many columns each part of a union gives, in their order.</summary>
    public static IReadOnlyList<int> ColumnCounts(string sql)
    {
        var script = Parse(sql, SqlServerLevel.Sql2019, out _) as TSqlScript ?? throw new ArgumentException("This does not parse.", nameof(sql));
        var select = (SelectStatement)script.Batches.Single().Statements.Single();
        return [.. Specifications(select.QueryExpression).Select(specification => specification.SelectElements.Count)];
    }

    private static List<string> Review(string sql, SqlServerLevel claimed, Func<TSqlScript, IEnumerable<string>> also)
    {
        var complaints = new List<string>();
        foreach (var level in SqlServerLevels.From(claimed))
        {
            var script = Parse(sql, level, out var errors) as TSqlScript;
            complaints.AddRange(errors.Select(error => FormattableString.Invariant($"line {error.Line}: {level} does not parse it: {error.Message}")));
            if (errors.Count > 0 || script is null)
                continue;
            var visitor = new VersionVisitor(claimed);
            script.Accept(visitor);
            complaints.AddRange(visitor.Complaints);
            complaints.AddRange(also(script));
        }
        return [.. complaints.Distinct()];
    }

    private static TSqlFragment? Parse(string sql, SqlServerLevel level, out IList<ParseError> errors)
    {
        using var reader = new StringReader(sql);
        return SqlServerLevels.Parser(level).Parse(reader, out errors);
    }

    private static IEnumerable<string> One(TSqlScript script)
    {
        var statements = script.Batches.Sum(batch => batch.Statements.Count);
        if (statements != 1)
            yield return FormattableString.Invariant($"there are {statements} statements, and there is to be one.");
    }

    private static IEnumerable<string> OneSelect(TSqlScript script)
    {
        foreach (var complaint in One(script))
            yield return complaint;
        foreach (var statement in script.Batches.SelectMany(batch => batch.Statements))
        {
            if (statement is not SelectStatement { Into: null })
                yield return FormattableString.Invariant($"line {statement.StartLine}: this is not a query that only reads.");
        }
    }

    // A union takes its column names from its first part.
    private static QuerySpecification FirstSpecification(QueryExpression expression) => expression switch
    {
        QuerySpecification specification => specification,
        BinaryQueryExpression union => FirstSpecification(union.FirstQueryExpression),
        QueryParenthesisExpression inner => FirstSpecification(inner.QueryExpression),
        _ => throw new InvalidOperationException("A query expression of a kind that this test does not know."),
    };

    private static IEnumerable<QuerySpecification> Specifications(QueryExpression expression) => expression is BinaryQueryExpression union
        ? Specifications(union.FirstQueryExpression).Concat(Specifications(union.SecondQueryExpression))
        : [FirstSpecification(expression)];

    private static string? NameOf(SelectScalarExpression element) =>
        element.ColumnName?.Value ?? (element.Expression as ColumnReferenceExpression)?.MultiPartIdentifier.Identifiers[^1].Value;
}
