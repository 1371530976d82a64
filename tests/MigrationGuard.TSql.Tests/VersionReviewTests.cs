namespace MigrationGuard.TSql.Tests;

/// <summary>The review has to be seen failing: each fault that it exists to find is planted here.</summary>
public sealed class VersionReviewTests
{
    [Theory]
    [InlineData("SELECT CONCAT_WS(',', a, b) AS x FROM t", 2012, "CONCAT_WS came with Sql2017")]
    [InlineData("SELECT STRING_AGG(a, ',') AS x FROM t", 2016, "STRING_AGG came with Sql2017")]
    [InlineData("SELECT TRIM(a) AS x FROM t", 2012, "TRIM came with Sql2017")]
    [InlineData("SELECT TRANSLATE(a, 'x', 'y') AS x FROM t", 2016, "TRANSLATE came with Sql2017")]
    [InlineData("SELECT JSON_VALUE(a, '$.b') AS x FROM t", 2012, "JSON_VALUE came with Sql2016")]
    [InlineData("SELECT STRING_ESCAPE(a, 'json') AS x FROM t", 2012, "STRING_ESCAPE came with Sql2016")]
    [InlineData("SELECT COMPRESS(a) AS x FROM t", 2012, "COMPRESS came with Sql2016")]
    [InlineData("SELECT DATEDIFF_BIG(second, a, b) AS x FROM t", 2012, "DATEDIFF_BIG came with Sql2016")]
    [InlineData("SELECT APPROX_COUNT_DISTINCT(a) AS x FROM t", 2017, "APPROX_COUNT_DISTINCT came with Sql2019")]
    [InlineData("SELECT s.value AS x FROM STRING_SPLIT('a,b', ',') AS s", 2012, "STRING_SPLIT came with Sql2016")]
    [InlineData("SELECT j.[key] AS x FROM t CROSS APPLY OPENJSON(t.a) AS j", 2012, "OPENJSON came with Sql2016")]
    [InlineData("SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.b = GREATEST(t.a, t.c))", 2019, "GREATEST came with Sql2022")]
    public void A_planted_newer_function_is_found(string sql, int claimed, string expected) =>
        Review(sql, claimed).ShouldContain(complaint => complaint.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("SELECT CONCAT_WS(',', a, b) AS x FROM t", 2017)]
    [InlineData("SELECT s.value AS x FROM STRING_SPLIT('a,b', ',') AS s", 2016)]
    [InlineData("SELECT IIF(a = 1, FORMAT(b, 'd'), CONCAT(a, TRY_CONVERT(int, c))) AS x FROM t", 2012)]
    [InlineData("SELECT DATABASEPROPERTYEX(DB_NAME(), 'LastGoodCheckDbTime') AS x", 2016)]
    public void A_function_is_accepted_from_the_version_that_introduced_it(string sql, int claimed) =>
        Review(sql, claimed).ShouldBeEmpty();

    [Fact]
    public void A_newer_function_inside_a_planted_subquery_of_a_shipped_file_is_found()
    {
        var shipped = ShippedQuery.Read("dynamics-crm/activities-by-type.sql").File.Sql;
        var corrupted = shipped.Replace("MAX(CreatedOn)", "(SELECT STRING_AGG(name, ',') FROM sys.tables)", StringComparison.Ordinal);

        TransactSql.ReviewQuery(shipped, SqlServerLevel.Sql2012).ShouldBeEmpty();
        corrupted.ShouldNotBe(shipped);
        TransactSql.ReviewQuery(corrupted, SqlServerLevel.Sql2012).ShouldHaveSingleItem().ShouldContain("STRING_AGG came with Sql2017");
    }

    [Theory]
    [InlineData("SELECT SOUNDS_LIKE(a) AS x FROM t", "the function SOUNDS_LIKE is not in IntroducedIn")]
    [InlineData("SELECT dbo.SOUNDS_LIKE(a) AS x FROM t", "the function SOUNDS_LIKE is not in IntroducedIn")]
    [InlineData("SELECT name FROM sys.all_the_things", "sys.all_the_things is not in IntroducedIn")]
    [InlineData("SELECT name FROM msdb.dbo.all_the_things", "msdb.dbo.all_the_things is not in IntroducedIn")]
    [InlineData("SELECT SERVERPROPERTY('Mood') AS x", "the property Mood is not in IntroducedIn")]
    public void What_the_table_does_not_list_is_a_complaint_and_never_passed_over(string sql, string expected) =>
        Review(sql, 2019).ShouldHaveSingleItem().ShouldContain(expected);

    [Theory]
    [InlineData("SELECT name FROM sys.database_scoped_configurations", "sys.database_scoped_configurations came with Sql2016")]
    [InlineData("SELECT DATABASEPROPERTYEX(DB_NAME(), 'LastGoodCheckDbTime') AS x", "the property LastGoodCheckDbTime came with Sql2016")]
    [InlineData("SELECT d.is_query_store_on FROM sys.databases AS d", "the column is_query_store_on came with Sql2016")]
    public void A_newer_catalogue_view_property_or_column_is_found(string sql, string expected) =>
        Review(sql, 2012).ShouldHaveSingleItem().ShouldContain(expected);

    [Fact]
    public void A_property_that_is_not_written_out_is_a_complaint() =>
        Review("SELECT SERVERPROPERTY(@which) AS x", 2012).ShouldHaveSingleItem().ShouldContain("not written out");

    [Fact]
    public void A_planted_syntax_error_is_found_on_every_version()
    {
        var complaints = Review("SELECT COUNT(* AS x FROM t", 2012);

        complaints.Count.ShouldBe(5);
        complaints.ShouldAllBe(complaint => complaint.Contains("does not parse it", StringComparison.Ordinal));
    }

    [Fact]
    public void Syntax_that_came_later_is_found_on_the_older_versions_alone() =>
        Review("SELECT a AT TIME ZONE 'UTC' AS x FROM t", 2012).ShouldContain(complaint => complaint.Contains("Sql2014 does not parse it", StringComparison.Ordinal));

    [Theory]
    [InlineData("SELECT 1 AS x; SELECT 2 AS x", "there are 2 statements")]
    [InlineData("SELECT 1 AS x SELECT 2 AS x", "there are 2 statements")]
    [InlineData("SELECT 1 AS x\nGO\nSELECT 2 AS x", "there are 2 statements")]
    [InlineData("-- nothing but a comment", "there are 0 statements")]
    [InlineData("DELETE FROM t", "not a query that only reads")]
    [InlineData("SELECT a INTO u FROM t", "not a query that only reads")]
    public void A_second_statement_or_anything_but_a_query_is_found(string sql, string expected) =>
        TransactSql.ReviewQuery(sql, SqlServerLevel.Sql2012).ShouldContain(complaint => complaint.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void A_claim_that_names_no_version_is_refused() =>
        Should.Throw<ArgumentException>(() => SqlServerLevels.Claim("2015"));

    private static IReadOnlyList<string> Review(string sql, int claimed) =>
        TransactSql.Review(sql, SqlServerLevels.Claim(FormattableString.Invariant($"{claimed}+")));
}
