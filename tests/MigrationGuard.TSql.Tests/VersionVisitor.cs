using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace MigrationGuard.TSql.Tests;

/// <summary>Walks a syntax tree and holds everything whose version matters against <see cref="IntroducedIn"/>.</summary>
/// <param name="claimed">The oldest version the statement claims to run on.</param>
internal sealed class VersionVisitor(SqlServerLevel claimed) : TSqlFragmentVisitor
{
    private static readonly HashSet<string> XmlMethods = new(["value", "query", "exist", "nodes", "modify"], StringComparer.Ordinal);

    public List<string> Complaints { get; } = [];

    public override void Visit(FunctionCall node)
    {
        var name = node.FunctionName.Value;
        if (node.CallTarget is ExpressionCallTarget && XmlMethods.Contains(name))
            return;
        Function(node, name);
        if (node.CallTarget is null && PropertyArgument(name) is { } position)
            Property(node, name, position);
    }

    public override void Visit(IIfCall node) => Function(node, "IIF");

    public override void Visit(CastCall node) => Function(node, "CAST");

    public override void Visit(TryCastCall node) => Function(node, "TRY_CAST");

    public override void Visit(ConvertCall node) => Function(node, "CONVERT");

    public override void Visit(TryConvertCall node) => Function(node, "TRY_CONVERT");

    public override void Visit(ParseCall node) => Function(node, "PARSE");

    public override void Visit(TryParseCall node) => Function(node, "TRY_PARSE");

    public override void Visit(LeftFunctionCall node) => Function(node, "LEFT");

    public override void Visit(RightFunctionCall node) => Function(node, "RIGHT");

    public override void Visit(CoalesceExpression node) => Function(node, "COALESCE");

    public override void Visit(NullIfExpression node) => Function(node, "NULLIF");

    public override void Visit(OpenJsonTableReference node) => Function(node, "OPENJSON");

    public override void Visit(GlobalFunctionTableReference node) => Function(node, node.Name.Value);

    public override void Visit(JsonForClause node) => Hold(node, "FOR JSON", SqlServerLevel.Sql2016);

    public override void Visit(AtTimeZoneCall node) => Hold(node, "AT TIME ZONE", SqlServerLevel.Sql2016);

    public override void Visit(SchemaObjectFunctionTableReference node)
    {
        if (node.SchemaObject.SchemaIdentifier is null)
            Function(node, node.SchemaObject.BaseIdentifier.Value);
        else
            CatalogueObject(node, node.SchemaObject);
    }

    public override void Visit(NamedTableReference node) => CatalogueObject(node, node.SchemaObject);

    public override void Visit(ColumnReferenceExpression node)
    {
        if (node.MultiPartIdentifier is { Count: > 0 } name && IntroducedIn.LaterColumns.TryGetValue(name[name.Count - 1].Value, out var since))
            Hold(node, "the column " + name[name.Count - 1].Value, since);
    }

    private void Function(TSqlFragment node, string name)
    {
        if (IntroducedIn.Functions.TryGetValue(name, out var since))
            Hold(node, name, since);
        else
            Unknown(node, "the function " + name);
    }

    private void CatalogueObject(TSqlFragment node, SchemaObjectName name)
    {
        var schema = name.SchemaIdentifier?.Value;
        var isCatalogue = string.Equals(schema, "sys", StringComparison.OrdinalIgnoreCase)
            || string.Equals(schema, "INFORMATION_SCHEMA", StringComparison.OrdinalIgnoreCase)
            || name.DatabaseIdentifier is not null;
        if (!isCatalogue)
            return;
        var written = string.Join('.', name.Identifiers.Select(part => part.Value));
        if (IntroducedIn.CatalogueObjects.TryGetValue(written, out var since))
            Hold(node, written, since);
        else
            Unknown(node, written);
    }

    private static int? PropertyArgument(string function) => function.ToUpperInvariant() switch
    {
        "SERVERPROPERTY" => 0,
        "DATABASEPROPERTYEX" => 1,
        _ => null,
    };

    private void Property(FunctionCall node, string function, int position)
    {
        if (node.Parameters[position] is not StringLiteral property)
            Complaints.Add(At(node, $"{function} is given a property that is not written out, so its version cannot be known."));
        else if (IntroducedIn.Properties.TryGetValue(property.Value, out var since))
            Hold(node, "the property " + property.Value, since);
        else
            Unknown(node, "the property " + property.Value);
    }

    private void Hold(TSqlFragment node, string what, SqlServerLevel since)
    {
        if (since > claimed)
            Complaints.Add(At(node, $"{what} came with {since}, and the statement claims {claimed}."));
    }

    private void Unknown(TSqlFragment node, string what) =>
        Complaints.Add(At(node, $"{what} is not in {nameof(IntroducedIn)}: look up which version introduced it and add it."));

    private static string At(TSqlFragment node, string problem) => FormattableString.Invariant($"line {node.StartLine}: {problem}");
}
