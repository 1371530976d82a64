using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Verification;

/// <summary>What the schema check must say, on every pair of engines.</summary>
public sealed class SchemaConformance
{
    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Tables_that_hold_the_same_match(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        var result = await migration.VerifyAsync(CheckNames.Schema);
        result.ShouldMatch();
        result.Source!["columns"].Number.ShouldBe(5);
    }

    // What is done to the target, and the columns of the one finding it must come to.
    public static TheoryData<Provider, Provider, string, string[]> Corruptions
    {
        get
        {
            var data = new TheoryData<Provider, Provider, string, string[]>();
            foreach (var pair in EnginePairs.All)
            {
                foreach (var corruption in (string[])["no-key", "other-key", "no-unique", "shorter", "fewer-digits", "fewer-decimals", "required", "other-type"])
                    data.Add((Provider)pair[0], (Provider)pair[1], corruption, Concerned(corruption));
            }
            return data;
        }
    }

    [SkippableTheory, MemberData(nameof(Corruptions))]
    public async Task What_is_narrower_or_missing_is_a_mismatch(Provider source, Provider target, string corruption, string[] columns)
    {
        await using var migration = await CreateAsync(source, target, corruption);
        var finding = (await migration.VerifyAsync(CheckNames.Schema)).ShouldMismatch().ShouldHaveSingleItem();
        finding.Kind.ShouldBe(FindingKinds.SchemaDiffers);
        finding.Columns.ShouldBe(columns);
        finding.Detail.ShouldNotBeNullOrEmpty();
    }

    [SkippableTheory, MemberData(nameof(Corruptions))]
    public async Task The_other_way_round_it_is_wider_and_a_note_carried_by_the_match(Provider source, Provider target, string corruption, string[] columns)
    {
        Skip.If(corruption is "other-key" or "other-type", "Neither is wider than the other.");
        await using var migration = await CreateAsync(source, target, null, corruption);
        var result = await migration.VerifyAsync(CheckNames.Schema);
        result.ShouldMatch();
        result.Notes.ShouldContain(note => columns.All(column => note.Contains(column, StringComparison.Ordinal)));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_column_that_the_target_lacks_is_a_mismatch_with_the_rows_that_hold_a_value(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await migration.Source.ExecuteAsync("INSERT INTO fee (id, code, amount, note, moment) VALUES (1, 'a', 1, 'x', NULL)");
        await migration.Source.ExecuteAsync("INSERT INTO fee (id, code, amount, note, moment) VALUES (2, 'b', 1, NULL, NULL)");
        await migration.Target.ExecuteAsync("ALTER TABLE fee DROP COLUMN note");
        var results = await migration.VerifyAsync();
        var finding = results.Single(result => result.Check == CheckNames.Schema).ShouldMismatch().ShouldHaveSingleItem();
        finding.Columns.ShouldBe(["note"]);
        finding.Count.ShouldBe(1);
        results.Single(result => result.Check == CheckNames.RecordCount).ShouldMismatch();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_column_that_the_target_lacks_and_that_holds_nothing_is_a_note(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await migration.Source.ExecuteAsync("INSERT INTO fee (id, code, amount, note, moment) VALUES (2, 'b', 1, NULL, NULL)");
        await migration.Target.ExecuteAsync("ALTER TABLE fee DROP COLUMN note");
        var result = await migration.VerifyAsync(CheckNames.Schema);
        result.ShouldMatch();
        result.Notes.ShouldContain("Not compared, as the target has no such column, and the source holds nothing but NULL there: note.");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_column_that_only_the_target_has_is_a_note(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        await migration.Target.ExecuteAsync($"ALTER TABLE fee ADD {(target == Provider.SqlServer ? "" : "COLUMN ")}loaded int NULL");
        var result = await migration.VerifyAsync(CheckNames.Schema);
        result.ShouldMatch();
        result.Notes.ShouldContain("Not compared, as the source has no such column: loaded.");
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Renamed_ignored_and_unlisted_columns_are_taken_as_the_configuration_says(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target, "shorter");
        var rename = target == Provider.SqlServer ? "EXEC sp_rename 'fee.amount', 'sum', 'COLUMN'" : "ALTER TABLE fee RENAME COLUMN amount TO sum";
        await migration.Target.ExecuteAsync(rename);
        var entity = migration.Options.Entities["fee"];
        entity.TargetColumns["amount"] = "sum";
        entity.IgnoreColumns = ["note"];
        var result = await migration.VerifyAsync(CheckNames.Schema);
        result.ShouldMatch();
        result.Notes.ShouldContain("Not compared, as IgnoreColumns says: note.");
        (entity.IgnoreColumns, entity.Columns) = ([], ["amount"]);
        result = await migration.VerifyAsync(CheckNames.Schema);
        result.ShouldMatch();
        result.Notes.ShouldContain("Not compared, as Columns does not list them: id, code, note, moment.");
        entity.Columns = ["note"];
        (await migration.VerifyAsync(CheckNames.Schema)).ShouldMismatch().ShouldHaveSingleItem().Columns.ShouldBe(["note"]);
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Options_that_name_no_column_leave_the_schema_unchecked_and_say_where(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        var entity = migration.Options.Entities["fee"];
        (entity.Key, entity.IgnoreColumns, entity.Columns) = (["ib"], ["colour"], ["amuont"]);
        entity.TargetColumns["code"] = "cod";
        var results = await migration.VerifyAsync();
        var reason = results.Single(result => result.Check == CheckNames.Schema).ShouldNotBeChecked();
        foreach (var option in (string[])["Key. Did you mean id?", "IgnoreColumns", "Columns. Did you mean amount?", "TargetColumns. Did you mean code?"])
            reason.ShouldContain("Comparisons:crm:Entities:fee:" + option);
        results.Single(result => result.Check == CheckNames.RecordCount).ShouldMatch();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task Only_rows_that_meet_the_filters_are_counted_and_every_result_says_so(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target);
        foreach (var database in new[] { migration.Source, migration.Target })
            await database.ExecuteAsync("INSERT INTO fee (id, code, amount) VALUES (1, 'a', 1)");
        await migration.Source.ExecuteAsync("INSERT INTO fee (id, code, amount) VALUES (2, 'b', 5)");
        (await migration.VerifyAsync(CheckNames.RecordCount)).ShouldMismatch();
        migration.Options.Entities["fee"].SourceFilter = "amount < 5 OR amount IN (SELECT 6)";
        var result = await migration.VerifyAsync(CheckNames.RecordCount);
        result.ShouldMatch();
        result.Source!["rows"].Number.ShouldBe(1);
        result.Notes.ShouldContain("Only rows of the source where amount < 5 OR amount IN (SELECT 6) are compared.");
        migration.Options.Entities["fee"].TargetFilter = "amount > 1";
        (await migration.VerifyAsync(CheckNames.RecordCount)).ShouldMismatch();
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task A_view_is_compared_without_keys_and_says_so(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target, "no-key");
        await migration.Target.ExecuteAsync("CREATE VIEW fees AS SELECT * FROM fee");
        migration.Options.Entities["fee"].Target = "fees";
        var result = await migration.VerifyAsync(CheckNames.Schema);
        result.ShouldMatch();
        result.Notes.ShouldContain(note => note.StartsWith("Keys, unique constraints and NULL are not compared", StringComparison.Ordinal));
    }

    [SkippableTheory, MemberData(nameof(EnginePairs.All), MemberType = typeof(EnginePairs))]
    public async Task At_the_depth_of_counts_there_is_no_schema_check(Provider source, Provider target)
    {
        await using var migration = await CreateAsync(source, target, "no-key");
        migration.Options.Depth = Depth.Counts;
        (await migration.VerifyAsync()).ShouldAllBe(result => result.Check != CheckNames.Schema);
    }

    private static string[] Concerned(string corruption) => corruption switch
    {
        "no-key" or "other-key" => ["id"],
        "no-unique" => ["code"],
        "shorter" or "required" => ["note"],
        "fewer-digits" or "fewer-decimals" => ["amount"],
        _ => ["moment"],
    };

    private static async Task<TestMigration> CreateAsync(Provider source, Provider target, string? targetCorruption = null, string? sourceCorruption = null)
    {
        var migration = await TestMigration.CreateEmptyAsync(source, target);
        await migration.Source.ExecuteAsync(FeeTable(source, sourceCorruption));
        await migration.Target.ExecuteAsync(FeeTable(target, targetCorruption));
        migration.Options.Depth = Depth.Rows;
        // Nobody writes: nothing is on its way.
        migration.Limits.SettleSeconds = 0;
        migration.Options.Entities.Clear();
        migration.Options.Entities["fee"] = new EntityOptions { Source = "fee", Key = ["id"] };
        return migration;
    }

    private static string FeeTable(Provider provider, string? corruption)
    {
        var text = provider == Provider.SqlServer ? "nvarchar" : "varchar";
        var moment = provider == Provider.SqlServer ? "datetime2(3)" : provider == Provider.PostgreSql ? "timestamp(3)" : "datetime";
        var key = corruption switch { "no-key" => "", "other-key" => ", PRIMARY KEY (id, code)", _ => ", PRIMARY KEY (id)" };
        var unique = corruption == "no-unique" ? "" : ", UNIQUE (code)";
        var note = corruption switch { "shorter" => $"{text}(20) NULL", "required" => $"{text}(50) NOT NULL", _ => $"{text}(50) NULL" };
        var amount = corruption switch { "fewer-digits" => "decimal(8,2)", "fewer-decimals" => "decimal(9,1)", _ => "decimal(10,2)" };
        var last = corruption == "other-type" ? provider == Provider.SqlServer ? "varbinary(8)" : provider == Provider.PostgreSql ? "bytea" : "blob" : moment;
        return $"CREATE TABLE fee (id int NOT NULL, code {text}(10) NOT NULL, amount {amount} NOT NULL, note {note}, moment {last} NULL{key}{unique})";
    }
}
