using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;
using MigrationGuard.Initialisation;

namespace MigrationGuard.Tests.Initialisation;

/// <summary>Catalogues made by hand, in few words.</summary>
internal static class HandMade
{
    public static readonly CanonicalType Integer = new(CanonicalKind.Integer);
    public static readonly CanonicalType YesNo = new(CanonicalKind.Boolean);
    public static readonly CanonicalType Uuid = new(CanonicalKind.Uuid);
    public static readonly CanonicalType Moment = new(CanonicalKind.Timestamp, Resolution: TimeResolution.SqlDateTime);
    public static readonly CanonicalType RowVersion = new(CanonicalKind.RowVersion);

    public static CanonicalType Text(int? length = null) => new(CanonicalKind.Text, Length: length);

    public static Catalogue SqlServer(params Table[] tables) => Catalogue("SQL Server", "dbo", "Old_MSCRM", tables);

    public static Catalogue PostgreSql(params Table[] tables) => Catalogue("PostgreSQL", "public", "new_crm", tables);

    public static Catalogue Sqlite(params Table[] tables) => Catalogue("SQLite", "main", "new.sqlite", tables);

    public static Table Table(string? schema, string name, params Column[] columns) =>
        new(new TableName(schema, name), IsView: false, ApproximateRows: 10, columns, PrimaryKey: []);

    public static Table View(string? schema, string name) => Table(schema, name) with { IsView = true };

    public static Column Column(string name, CanonicalType? type = null) =>
        new(name, "any", type ?? Integer, IsNullable: true, Collation: null);

    public static DraftSide Side(this Catalogue catalogue, Provider provider, string connection = "Data Source=here") => new(provider, connection, catalogue);

    /// <summary>Pairs as <c>source = target</c>.</summary>
    public static IEnumerable<string> Spelt(this CataloguePairing pairing) => pairing.Tables.Select(pair => $"{pair.Source.Name} = {pair.Target.Name}");

    private static Catalogue Catalogue(string product, string schema, string database, Table[] tables) =>
        new(new ServerDescription(product, "1.0", database, product + ":" + database, null, "any"), schema, tables);
}
