using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Databases;

/// <summary>What only one engine has, and how its catalogue shows it.</summary>
public sealed class EngineSpecificCatalogueTests
{
    [SkippableFact]
    public async Task A_partitioned_PostgreSQL_table_is_one_table_and_its_partitions_are_none()
    {
        var catalogue = await ReadAsync(Provider.PostgreSql, """
            CREATE TABLE fee (id int NOT NULL, paid date NOT NULL, PRIMARY KEY (id, paid)) PARTITION BY RANGE (paid);
            CREATE TABLE fee_2024 PARTITION OF fee FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
            CREATE TABLE fee_2025 PARTITION OF fee FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            INSERT INTO fee SELECT i, date '2024-06-01' + i FROM generate_series(1, 300) AS i;
            ANALYZE fee;
            """);
        var fee = catalogue.Tables.ShouldHaveSingleItem();
        fee.Name.ToString().ShouldBe("public.fee");
        fee.PrimaryKey.ShouldBe(["id", "paid"]);
        fee.ApproximateRows.ShouldBe(300);
    }

    [SkippableFact]
    public async Task A_PostgreSQL_key_is_without_the_columns_it_only_includes()
    {
        var catalogue = await ReadAsync(Provider.PostgreSql, "CREATE TABLE fee (note text, id int, PRIMARY KEY (id) INCLUDE (note))");
        catalogue.Tables.Single().PrimaryKey.ShouldBe(["id"]);
        catalogue.Tables.Single().Indexes.ShouldHaveSingleItem().Columns.ShouldBe(["id"]);
    }

    [SkippableFact]
    public async Task Indexes_that_do_not_order_rows_by_columns_are_left_out()
    {
        var postgreSql = await ReadAsync(Provider.PostgreSql, """
            CREATE TABLE contact (name text, tags int[]);
            CREATE UNIQUE INDEX by_lower_name ON contact (lower(name));
            CREATE INDEX by_hash ON contact USING hash (name);
            CREATE INDEX by_tag ON contact USING gin (tags);
            """);
        postgreSql.Tables.Single().Indexes.ShouldBeEmpty();
        var sqlite = await ReadAsync(Provider.Sqlite, "CREATE TABLE contact (name text); CREATE UNIQUE INDEX by_lower_name ON contact (lower(name));");
        sqlite.Tables.Single().Indexes.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_SQLite_integer_primary_key_has_no_index_and_a_table_without_rowid_has_its_key()
    {
        var catalogue = await ReadAsync(Provider.Sqlite, """
            CREATE TABLE a (id INTEGER PRIMARY KEY, name text);
            CREATE TABLE b (name text, id INTEGER, PRIMARY KEY (id, name)) WITHOUT ROWID;
            """);
        catalogue.Find("a").ShouldNotBeNull().Indexes.ShouldBeEmpty();
        catalogue.Find("b").ShouldNotBeNull().Indexes.ShouldHaveSingleItem().Columns.ShouldBe(["id", "name"]);
    }

    [SkippableFact]
    public async Task A_PostgreSQL_domain_is_the_type_it_stands_for()
    {
        var catalogue = await ReadAsync(Provider.PostgreSql, """
            CREATE DOMAIN money_amount AS numeric(12,2);
            CREATE DOMAIN positive_amount AS money_amount CHECK (value > 0);
            CREATE DOMAIN moment AS timestamptz(3);
            CREATE TYPE state AS ENUM ('open', 'closed');
            CREATE TABLE fee (amount positive_amount, paid moment, state state);
            """);
        catalogue.Tables.Single().Columns.Select(column => column.Type).ShouldBe(
        [
            new CanonicalType(CanonicalKind.Decimal, Precision: 12, Scale: 2),
            new CanonicalType(CanonicalKind.TimestampWithZone, Resolution: TimeResolution.Millisecond),
            new CanonicalType(CanonicalKind.Text),
        ]);
    }

    [SkippableFact]
    public async Task A_PostgreSQL_number_of_hundreds_has_a_negative_scale_and_a_domain_the_bits_of_its_type()
    {
        var catalogue = await ReadAsync(Provider.PostgreSql, "CREATE DOMAIN weight AS real; CREATE TABLE fee (about numeric(5,-2), small numeric(2,5), weight weight)");
        catalogue.Tables.Single().Columns.Select(column => column.Type).ShouldBe(
        [
            new CanonicalType(CanonicalKind.Decimal, Precision: 5, Scale: -2),
            new CanonicalType(CanonicalKind.Decimal, Precision: 2, Scale: 5),
            new CanonicalType(CanonicalKind.Float) { Bits = 24 },
        ]);
    }

    [SkippableFact]
    public async Task PostgreSQL_tables_of_other_schemas_and_materialised_views_are_there_and_dropped_columns_are_not()
    {
        var catalogue = await ReadAsync(Provider.PostgreSql, """
            CREATE SCHEMA "Archive.Old";
            CREATE TABLE "Archive.Old".contact (id int, gone int, name text);
            ALTER TABLE "Archive.Old".contact DROP COLUMN gone;
            CREATE MATERIALIZED VIEW names AS SELECT name FROM "Archive.Old".contact;
            """);
        catalogue.Find("\"Archive.Old\".contact")!.Columns.Select(column => column.Name).ShouldBe(["id", "name"]);
        catalogue.Find("names")!.IsView.ShouldBeTrue();
        catalogue.BaseTables.Count().ShouldBe(1);
    }

    [Fact]
    public async Task SQLite_tables_without_rowid_virtual_tables_and_generated_columns_are_read()
    {
        var catalogue = await ReadAsync(Provider.Sqlite, """
            CREATE TABLE code (b TEXT, a TEXT, PRIMARY KEY (a, b)) WITHOUT ROWID;
            CREATE VIRTUAL TABLE search USING fts5(words);
            CREATE TABLE fee (net INTEGER, vat INTEGER, gross INTEGER GENERATED ALWAYS AS (net + vat) VIRTUAL, kept INTEGER AS (net) STORED);
            CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT);
            """);
        // What fts5 and AUTOINCREMENT keep for themselves is no data.
        catalogue.Tables.Select(table => table.Name.Name).ShouldBe(["code", "counted", "fee", "search"]);
        catalogue.Find("code")!.PrimaryKey.ShouldBe(["a", "b"]);
        catalogue.Find("code")!.ApproximateRows.ShouldBeNull();
        catalogue.Find("search")!.Columns.Select(column => column.Name).ShouldContain("words");
        catalogue.Find("fee")!.Columns.Select(column => column.Name).ShouldBe(["net", "vat", "gross", "kept"]);
    }

    [Fact]
    public async Task A_SQLite_view_that_errors_is_named_all_the_same()
    {
        var catalogue = await ReadAsync(Provider.Sqlite, "CREATE TABLE a (x); CREATE VIEW broken AS SELECT x FROM a; DROP TABLE a; CREATE TABLE b (y);");
        catalogue.Tables.Select(table => table.Name.Name).ShouldBe(["b", "broken"]);
        catalogue.Find("broken")!.Columns.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task A_SQL_Server_alias_type_is_the_type_it_stands_for()
    {
        Skip.If(await SqlServerTestEngine.Instance.IsBabelfish, "Babelfish has no rowversion.");
        var catalogue = await ReadAsync(Provider.SqlServer, "CREATE TYPE dbo.CaseName FROM nvarchar(100) NOT NULL", "CREATE TABLE fee (name dbo.CaseName, version rowversion)");
        catalogue.Tables.Single().Columns.Select(column => column.Type).ShouldBe(
            [new CanonicalType(CanonicalKind.Text, Length: 100), new CanonicalType(CanonicalKind.RowVersion)]);
    }

    private static async Task<Catalogue> ReadAsync(Provider engine, params string[] batches)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        foreach (var batch in batches)
            await scratch.ExecuteAsync(batch);
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        return await database.ReadCatalogueAsync(CancellationToken.None);
    }
}
