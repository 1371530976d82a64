using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.Databases;

/// <summary>What every engine's catalogue must say.</summary>
public sealed class CatalogueConformance
{
    private static readonly List<(Provider Engine, string Declared, CanonicalType Type)> Types =
    [
        (Provider.PostgreSql, "smallint", new(CanonicalKind.Integer) { Bits = 16 }),
        (Provider.PostgreSql, "bigint", new(CanonicalKind.Integer) { Bits = 64 }),
        (Provider.PostgreSql, "numeric(10,2)", new(CanonicalKind.Decimal, Precision: 10, Scale: 2)),
        (Provider.PostgreSql, "numeric", new(CanonicalKind.Decimal)),
        (Provider.PostgreSql, "double precision", new(CanonicalKind.Float) { Bits = 53 }),
        (Provider.PostgreSql, "boolean", new(CanonicalKind.Boolean)),
        (Provider.PostgreSql, "char(5)", new(CanonicalKind.PaddedText, Length: 5)),
        (Provider.PostgreSql, "varchar(20)", new(CanonicalKind.Text, Length: 20)),
        (Provider.PostgreSql, "text", new(CanonicalKind.Text)),
        (Provider.PostgreSql, "uuid", new(CanonicalKind.Uuid)),
        (Provider.PostgreSql, "date", new(CanonicalKind.Date, Resolution: TimeResolution.Day)),
        (Provider.PostgreSql, "timestamp", new(CanonicalKind.Timestamp, Resolution: TimeResolution.Microsecond)),
        (Provider.PostgreSql, "timestamp(0)", new(CanonicalKind.Timestamp, Resolution: TimeResolution.Second)),
        (Provider.PostgreSql, "timestamptz(3)", new(CanonicalKind.TimestampWithZone, Resolution: TimeResolution.Millisecond)),
        (Provider.PostgreSql, "bytea", new(CanonicalKind.Binary)),
        (Provider.PostgreSql, "jsonb", new(CanonicalKind.Json)),
        (Provider.PostgreSql, "point", new(CanonicalKind.Unknown)),
        (Provider.PostgreSql, "int[]", new(CanonicalKind.Unknown)),
        (Provider.Sqlite, "INTEGER", new(CanonicalKind.Integer)),
        (Provider.Sqlite, "TINYINT UNSIGNED", new(CanonicalKind.Integer)),
        (Provider.Sqlite, "NUMERIC(10, 2)", new(CanonicalKind.Decimal, Precision: 10, Scale: 2)),
        (Provider.Sqlite, "REAL", new(CanonicalKind.Float) { Bits = 53 }),
        (Provider.Sqlite, "bit", new(CanonicalKind.Boolean)),
        (Provider.Sqlite, "NVARCHAR(160)", new(CanonicalKind.Text, Length: 160)),
        (Provider.Sqlite, "BLOB", new(CanonicalKind.Binary)),
        (Provider.Sqlite, "datetime", new(CanonicalKind.Timestamp)),
        (Provider.Sqlite, "timestamp with time zone", new(CanonicalKind.TimestampWithZone)),
        (Provider.Sqlite, "uniqueidentifier", new(CanonicalKind.Uuid)),
        (Provider.Sqlite, "", new(CanonicalKind.Untyped)),
        (Provider.Sqlite, "whatever", new(CanonicalKind.Untyped)),
        (Provider.SqlServer, "int", new(CanonicalKind.Integer) { Bits = 32 }),
        (Provider.SqlServer, "decimal(38,4)", new(CanonicalKind.Decimal, Precision: 38, Scale: 4)),
        (Provider.SqlServer, "bit", new(CanonicalKind.Boolean)),
        (Provider.SqlServer, "varchar(20)", new(CanonicalKind.Text, Length: 20) { IsOfCodePage = true }),
        (Provider.SqlServer, "tinyint", new(CanonicalKind.Integer) { Bits = 9 }),
        (Provider.SqlServer, "real", new(CanonicalKind.Float) { Bits = 24 }),
        (Provider.SqlServer, "nvarchar(20)", new(CanonicalKind.Text, Length: 20)),
        (Provider.SqlServer, "nvarchar(max)", new(CanonicalKind.Text)),
        (Provider.SqlServer, "uniqueidentifier", new(CanonicalKind.Uuid)),
        (Provider.SqlServer, "date", new(CanonicalKind.Date, Resolution: TimeResolution.Day)),
        (Provider.SqlServer, "smalldatetime", new(CanonicalKind.Timestamp, Resolution: TimeResolution.Minute)),
        (Provider.SqlServer, "datetime", new(CanonicalKind.Timestamp, Resolution: TimeResolution.SqlDateTime)),
        (Provider.SqlServer, "datetime2(3)", new(CanonicalKind.Timestamp, Resolution: TimeResolution.Millisecond)),
        (Provider.SqlServer, "datetimeoffset(6)", new(CanonicalKind.TimestampWithZone, Resolution: TimeResolution.Microsecond)),
    ];

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task An_empty_database_has_no_tables_and_names_its_server(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        var catalogue = await ReadAsync(scratch);
        catalogue.Tables.ShouldBeEmpty();
        catalogue.Server.Version.ShouldNotBeEmpty();
        catalogue.Server.Database.ShouldStartWith(scratch.Name);
        catalogue.Server.Replica.ShouldBeNull();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Two_connections_to_one_database_are_told_apart_from_two_databases(Provider engine)
    {
        await using var one = await TestEngine.For(engine).CreateDatabaseAsync();
        await using var other = await TestEngine.For(engine).CreateDatabaseAsync();
        var identity = (await ReadAsync(one)).Server.Identity;
        (await ReadAsync(one)).Server.Identity.ShouldBe(identity);
        (await ReadAsync(other)).Server.Identity.ShouldNotBe(identity);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_server_says_what_its_clock_shows_and_a_file_has_none(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        var clock = (await ReadAsync(scratch)).Server.Clock;
        if (engine == Provider.Sqlite)
        {
            clock.ShouldBeNull();
            return;
        }
        // The server of the tests is on this machine: what it is off by is what asking took.
        clock.ShouldNotBeNull().Ahead.Duration().ShouldBeLessThan(clock.Within + TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(10, 12, 11, 0, 1)]
    [InlineData(10, 12, 15, 4, 1)]
    [InlineData(10, 10, 3, -7, 0)]
    public void A_clock_is_held_against_the_middle_of_question_and_answer(int asked, int answered, int server, int ahead, int within)
    {
        var start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(2));
        ClockOffset.Of(start.UtcDateTime.AddSeconds(server), start.AddSeconds(asked), start.AddSeconds(answered))
            .ShouldBe(new ClockOffset(TimeSpan.FromSeconds(ahead), TimeSpan.FromSeconds(within)));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_key_is_in_its_own_order_not_the_tables(Provider engine)
    {
        var table = await TableAsync(engine, "CREATE TABLE line (note varchar(10), part int NOT NULL, invoice int NOT NULL, PRIMARY KEY (invoice, part))", "line");
        table.Columns.Select(column => column.Name).ShouldBe(["note", "part", "invoice"]);
        table.PrimaryKey.ShouldBe(["invoice", "part"]);
        table.Columns.Select(column => column.IsNullable).ShouldBe([true, false, false]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_table_without_a_key_has_none(Provider engine) =>
        (await TableAsync(engine, "CREATE TABLE note (words varchar(10))", "note")).PrimaryKey.ShouldBeEmpty();

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Indexes_have_their_columns_in_their_own_order_and_say_whether_they_are_unique(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE line (note varchar(10), part int NOT NULL, invoice int NOT NULL, CONSTRAINT pk_line PRIMARY KEY (invoice, part))");
        await scratch.ExecuteAsync("CREATE UNIQUE INDEX ux_line ON line (note, invoice)");
        await scratch.ExecuteAsync("CREATE INDEX ix_line ON line (part DESC)");
        await scratch.ExecuteAsync("CREATE UNIQUE INDEX fx_line ON line (note) WHERE note IS NOT NULL");
        var isBabelfish = engine == Provider.SqlServer && await SqlServerTestEngine.Instance.IsBabelfish;
        var table = (await ReadAsync(scratch)).Find("line").ShouldNotBeNull();
        table.Indexes.Select(index => (string.Join(",", index.Columns), index.IsUnique, index.IsPartial)).ShouldBe(
            // Babelfish does not say of an index that it is filtered.
            [("invoice,part", true, false), ("note,invoice", true, false), ("part", false, false), ("note", true, !isBabelfish)], ignoreOrder: true);
        table.Indexes.Select(index => index.Name).ShouldBeSubsetOf(["pk_line", "sqlite_autoindex_line_1", "ux_line", "ix_line", "fx_line"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_table_without_an_index_has_none(Provider engine) =>
        (await TableAsync(engine, "CREATE TABLE note (words varchar(10))", "note")).Indexes.ShouldBeEmpty();

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task A_view_is_a_view_with_columns(Provider engine)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync("CREATE TABLE contact (id int NOT NULL PRIMARY KEY, name varchar(10))");
        await scratch.ExecuteAsync("CREATE VIEW named AS SELECT id, name FROM contact");
        var catalogue = await ReadAsync(scratch);
        catalogue.BaseTables.Select(table => table.Name.Name).ShouldBe(["contact"]);
        var view = catalogue.Find("named").ShouldNotBeNull();
        view.IsView.ShouldBeTrue();
        view.Columns.Select(column => column.Type.Kind).ShouldBe([CanonicalKind.Integer, CanonicalKind.Text]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.Engines), MemberType = typeof(EnginePairs))]
    public async Task Names_of_any_characters_are_read_and_scanned(Provider engine)
    {
        Skip.If(engine == Provider.SqlServer && await SqlServerTestEngine.Instance.IsBabelfish, "Babelfish does not read ]] in a quoted name.");
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        var dialect = Dialect.For(engine);
        string[] names = ["my.table", "say \"hello\"", "it's", "odd [name]", "two  words", "a;b -- c"];
        foreach (var name in names)
            await scratch.ExecuteAsync($"CREATE TABLE {dialect.Quote(name)} ({dialect.Quote(name + " column")} int)");
        var catalogue = await ReadAsync(scratch);
        catalogue.Tables.Select(table => table.Name.Name).ShouldBe(names, ignoreOrder: true);
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        foreach (var table in catalogue.Tables)
        {
            catalogue.Find(table.Name.ToString()).ShouldBeSameAs(table);
            var rows = await database.ReadAsync(
                async (session, token) =>
                {
                    var groups = 0;
                    await session.AggregateAsync(new AggregateQuery(table, table.Columns, [], [], null), _ => groups++, token);
                    return groups;
                },
                CancellationToken.None);
            rows.ShouldBe(0);
        }
    }

    [SkippableFact]
    public Task Types_of_PostgreSQL_are_read_in_terms_all_engines_share() => TypesAreReadAsync(Provider.PostgreSql);

    [SkippableFact]
    public Task Types_of_SQLite_are_read_in_terms_all_engines_share() => TypesAreReadAsync(Provider.Sqlite);

    [SkippableFact]
    public Task Types_of_SQL_Server_are_read_in_terms_all_engines_share() => TypesAreReadAsync(Provider.SqlServer);

    private static async Task TypesAreReadAsync(Provider engine)
    {
        // One table with a column of each type: a database for each would cost minutes on some servers.
        var types = Types.Where(type => type.Engine == engine).Select(type => (type.Declared, type.Type)).ToList();
        var columns = types.Select((type, i) => FormattableString.Invariant($"c{i} {type.Declared}"));
        var table = await TableAsync(engine, $"CREATE TABLE every_type ({string.Join(", ", columns)})", "every_type");
        table.Columns.Zip(types).Select(pair => (pair.Second.Declared, pair.First.Type)).ShouldBe(types);
    }

    private static async Task<Table> TableAsync(Provider engine, string create, string name)
    {
        await using var scratch = await TestEngine.For(engine).CreateDatabaseAsync();
        await scratch.ExecuteAsync(create);
        return (await ReadAsync(scratch)).Find(name).ShouldNotBeNull();
    }

    private static async Task<Catalogue> ReadAsync(ScratchDatabase scratch)
    {
        using var database = new Database("d", scratch.Options, TimeProvider.System);
        return await database.ReadCatalogueAsync(CancellationToken.None);
    }
}
