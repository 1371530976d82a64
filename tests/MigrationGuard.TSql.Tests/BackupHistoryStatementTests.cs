namespace MigrationGuard.TSql.Tests;

/// <summary>The statement that reads what msdb recorded, which is sent as it is shipped.</summary>
public sealed class BackupHistoryStatementTests
{
    private const string Before = "FROM (\n", After = "\n) AS h";

    private static readonly string Statement = File.ReadAllText(RepositoryRoot.At("src", "MigrationGuard.Retention", "BackupHistories", "backup-history.sql"));

    [Fact]
    public void It_is_one_query_on_every_supported_version_and_uses_nothing_newer_than_2012() =>
        TransactSql.ReviewQuery(Statement, SqlServerLevel.Sql2012).ShouldBeEmpty();

    [Fact]
    public void Something_newer_in_it_would_be_found() =>
        TransactSql.ReviewQuery(Statement.Replace("DATEADD(day, -400, GETDATE())", "DATETRUNC(day, GETDATE())", StringComparison.Ordinal), SqlServerLevel.Sql2012)
            .ShouldContain(complaint => complaint.Contains("DATETRUNC came with Sql2022", StringComparison.Ordinal));

    [Fact]
    public void Each_of_its_parts_gives_the_same_number_of_columns()
    {
        var columns = TransactSql.ResultColumns(Union(Statement));

        columns.ShouldNotContain((string?)null);
        columns.ShouldBeUnique();
        TransactSql.ColumnCounts(Union(Statement)).ShouldBe([columns.Count, columns.Count, columns.Count, columns.Count]);
    }

    [Fact]
    public void A_part_that_lacks_a_column_would_be_found() =>
        TransactSql.ColumnCounts(Union(Statement.Replace("NULL, NULL, NULL, NULL\n", "NULL, NULL, NULL\n", StringComparison.Ordinal))).Distinct().Count().ShouldBe(2);

    [Fact]
    public void All_columns_of_its_parts_are_given_with_the_number_of_its_rows()
    {
        TransactSql.ColumnCounts(Statement).ShouldBe([TransactSql.ResultColumns(Union(Statement)).Count + 1]);
        foreach (var column in TransactSql.ResultColumns(Union(Statement)))
            Statement[..Statement.IndexOf(Before, StringComparison.Ordinal)].ShouldMatch($@"h\.{column}\b");
    }

    private static string Union(string statement) =>
        statement[(statement.IndexOf(Before, StringComparison.Ordinal) + Before.Length)..statement.LastIndexOf(After, StringComparison.Ordinal)];
}
