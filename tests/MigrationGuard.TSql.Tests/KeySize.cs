using System.Globalization;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace MigrationGuard.TSql.Tests;

/// <summary>The most bytes that keys of a script's tables can take, held against what SQL Server takes.</summary>
/// <remarks>Microsoft, "Maximum capacity specifications for SQL Server": 900 bytes for a clustered index key, 1700 for a nonclustered one, since 2016.</remarks>
internal sealed class KeySize : TSqlFragmentVisitor
{
    private const int MostClustered = 900;
    private const int MostNonclustered = 1700;

    private readonly Dictionary<string, Dictionary<string, int?>> _tables = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Keys looked at.</summary>
    public int Keys { get; private set; }

    public List<string> Complaints { get; } = [];

    public override void Visit(CreateTableStatement node)
    {
        var table = node.SchemaObjectName.BaseIdentifier.Value;
        _tables[table] = node.Definition.ColumnDefinitions.ToDictionary(column => column.ColumnIdentifier.Value, Bytes, StringComparer.OrdinalIgnoreCase);
        foreach (var column in node.Definition.ColumnDefinitions)
        {
            foreach (var key in column.Constraints.OfType<UniqueConstraintDefinition>())
                Hold(table, [column.ColumnIdentifier.Value], key);
        }
        foreach (var key in node.Definition.TableConstraints.OfType<UniqueConstraintDefinition>())
            Hold(table, key.Columns.Select(NameOf), key);
    }

    public override void Visit(CreateIndexStatement node) =>
        Hold(node.OnName.BaseIdentifier.Value, node.Columns.Select(NameOf), node.Clustered == true ? MostClustered : MostNonclustered, node.Name.Value);

    private void Hold(string table, IEnumerable<string> columns, UniqueConstraintDefinition key) => Hold(
        table, columns, key.Clustered ?? key.IsPrimaryKey ? MostClustered : MostNonclustered, key.ConstraintIdentifier?.Value ?? "a key");

    private void Hold(string table, IEnumerable<string> columns, int most, string key)
    {
        Keys++;
        var bytes = columns.Sum(column => _tables[table][column] ?? int.MaxValue / 32);
        if (bytes > most)
            Complaints.Add(string.Create(CultureInfo.InvariantCulture, $"{key} of {table} can take {bytes} bytes, and SQL Server takes {most}."));
    }

    private static string NameOf(ColumnWithSortOrder column) => column.Column.MultiPartIdentifier[^1].Value;

    // Null for what cannot be a key at all.
    private static int? Bytes(ColumnDefinition column)
    {
        var type = (SqlDataTypeReference)column.DataType;
        var length = type.Parameters.FirstOrDefault() is IntegerLiteral literal ? int.Parse(literal.Value, CultureInfo.InvariantCulture) : (int?)null;
        return type.SqlDataTypeOption switch
        {
            SqlDataTypeOption.Int => 4,
            SqlDataTypeOption.BigInt => 8,
            SqlDataTypeOption.VarChar or SqlDataTypeOption.Char or SqlDataTypeOption.VarBinary => length,
            SqlDataTypeOption.NVarChar or SqlDataTypeOption.NChar => length * 2,
            _ => throw new InvalidOperationException($"The size of {type.SqlDataTypeOption} is not known here: add it."),
        };
    }
}
