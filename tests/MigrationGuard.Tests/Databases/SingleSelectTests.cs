using MigrationGuard.Databases;

namespace MigrationGuard.Tests.Databases;

/// <summary>What is sent to a database, and what is refused before.</summary>
public sealed class SingleSelectTests
{
    [Theory]
    [InlineData(Provider.SqlServer, "SELECT 1")]
    [InlineData(Provider.SqlServer, "select 1;")]
    [InlineData(Provider.SqlServer, "SELECT 1 ; ; ")]
    [InlineData(Provider.SqlServer, "-- name: x; DELETE\nSELECT 1")]
    [InlineData(Provider.SqlServer, "/* a /* nested ; DELETE */ comment */ SELECT 1")]
    [InlineData(Provider.SqlServer, "SELECT 'DELETE; it''s a string' AS [drop table; t]]x], \"insert\" FROM t")]
    [InlineData(Provider.SqlServer, "WITH a AS (SELECT 1 AS n), b AS (SELECT 2 AS n) SELECT n FROM a UNION ALL SELECT n FROM b")]
    [InlineData(Provider.SqlServer, "SELECT 1 UNION SELECT 2 EXCEPT SELECT 3 INTERSECT SELECT 4")]
    [InlineData(Provider.SqlServer, "SELECT CASE WHEN a = 1 THEN 2 ELSE 3 END AS n FROM t ORDER BY a OFFSET 0 ROWS FETCH NEXT 10 ROWS ONLY")]
    [InlineData(Provider.SqlServer, "SELECT (SELECT count(*) FROM b) FROM a WHERE EXISTS (SELECT 1 FROM c) FOR XML PATH")]
    [InlineData(Provider.SqlServer, "SELECT @@VERSION, N'x', 0x1F, 1.5e10, $1")]
    [InlineData(Provider.SqlServer, "SELECT 1 AS DeletedRows, updated_on, insertion FROM t")]
    [InlineData(Provider.PostgreSql, "SELECT $$; DELETE FROM t$$, $tag$ $$ ; $tag$")]
    [InlineData(Provider.PostgreSql, @"SELECT E'it\'s; DELETE' AS a")]
    [InlineData(Provider.PostgreSql, @"SELECT 'a\' AS a, type'x'")]
    [InlineData(Provider.PostgreSql, "SELECT $1, a[1], '{}'::int[] FROM t")]
    [InlineData(Provider.PostgreSql, "SELECT open, close FROM prices")]
    [InlineData(Provider.PostgreSql, "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 9) SELECT i FROM n")]
    [InlineData(Provider.Sqlite, "SELECT `odd;name`, [other;name] FROM t")]
    [InlineData(Provider.Sqlite, "/* no /* nesting */ SELECT 1")]
    public void A_query_is_accepted(Provider provider, string sql) => SingleSelect.Problem(sql, provider).ShouldBeNull();

    [Theory]
    [InlineData("SELECT 1; DELETE FROM t")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("SELECT 1 SELECT 2")]
    [InlineData("WITH a AS (SELECT 1 AS n) SELECT n FROM a SELECT 2")]
    public void More_than_one_statement_is_refused_with_and_without_a_semicolon(string sql)
    {
        foreach (var provider in Enum.GetValues<Provider>())
            SingleSelect.Problem(sql, provider).ShouldNotBeNull().ShouldMatch("more than one statement|DELETE");
    }

    [Theory]
    [InlineData("SELECT * INTO copy FROM t", "INTO")]
    [InlineData("WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone", "DELETE")]
    [InlineData("WITH a AS (SELECT 1 AS n) DELETE FROM t", "DELETE")]
    [InlineData("WITH a AS (SELECT 1 AS n) INSERT INTO t SELECT n FROM a", "INSERT")]
    [InlineData("SELECT 1 /* */ DELETE FROM t", "DELETE")]
    [InlineData("SELECT 1 -- comment\nDELETE FROM t", "DELETE")]
    [InlineData("SELECT * FROM t FOR UPDATE", "UPDATE")]
    [InlineData("DELETE FROM t", "begins with DELETE")]
    [InlineData("EXEC sp_who", "begins with EXEC")]
    [InlineData("(SELECT 1)", "begins with (")]
    [InlineData("VALUES (1)", "begins with VALUES")]
    [InlineData("", "no statement")]
    [InlineData(" ; -- nothing", "no statement")]
    public void What_is_no_query_is_refused_on_every_engine(string sql, string reason)
    {
        foreach (var provider in Enum.GetValues<Provider>())
            SingleSelect.Problem(sql, provider).ShouldNotBeNull().ShouldContain(reason);
    }

    [Theory]
    [InlineData("SELECT 1 EXEC sp_configure")]
    [InlineData("SELECT 1 EXECUTE ('DELETE FROM t')")]
    [InlineData("SELECT 1 DROP TABLE t")]
    [InlineData("SELECT 1 COMMIT")]
    [InlineData("SELECT 1 WAITFOR DELAY '01:00'")]
    [InlineData("SELECT 1 IF 1 = 1 SELECT 2")]
    [InlineData("SELECT * FROM OPENROWSET('x', 'y', 'DELETE')")]
    [InlineData("SELECT 'a' TRUNCATE TABLE t")]
    // T-SQL ends a number where its digits end.
    [InlineData("SELECT 1DELETE FROM t")]
    [InlineData("SELECT $1EXEC sp_configure")]
    [InlineData("SELECT 0x1INSERT INTO t VALUES (1)")]
    [InlineData("SELECT NEXT VALUE FOR dbo.numbers")]
    [InlineData("SELECT next/**/value FOR numbers AS n")]
    public void What_needs_no_semicolon_in_Transact_SQL_is_refused_there(string sql) =>
        SingleSelect.Problem(sql, Provider.SqlServer).ShouldNotBeNull();

    [Theory]
    [InlineData(Provider.SqlServer, "SELECT 'not closed")]
    [InlineData(Provider.SqlServer, "SELECT [not closed")]
    [InlineData(Provider.SqlServer, "SELECT 1 /* /* only one is closed */")]
    [InlineData(Provider.PostgreSql, "SELECT \"not closed")]
    [InlineData(Provider.PostgreSql, @"SELECT E'not closed\'")]
    [InlineData(Provider.PostgreSql, "SELECT $a$ not closed $b$")]
    [InlineData(Provider.Sqlite, "SELECT `not closed")]
    [InlineData(Provider.Sqlite, "SELECT 1 /* not closed")]
    public void What_is_begun_and_never_ended_is_refused(Provider provider, string sql) =>
        SingleSelect.Problem(sql, provider).ShouldNotBeNull().ShouldContain("not closed");

    [Theory]
    // A backslash ends nothing in a plain string, so the string ends and a statement follows.
    [InlineData(Provider.PostgreSql, @"SELECT '\'; DELETE FROM t; --'")]
    [InlineData(Provider.SqlServer, "SELECT '\\' DELETE FROM t --'")]
    // SQLite does not nest comments: the first end is the end.
    [InlineData(Provider.Sqlite, "SELECT 1 /* /* */; DELETE FROM t /* */ */")]
    // A tag is no string of another tag, and dollar quotes are no strings elsewhere.
    [InlineData(Provider.PostgreSql, "SELECT $a$ $a$; DELETE FROM t; SELECT $a$ $a$")]
    [InlineData(Provider.Sqlite, "SELECT $$; DELETE FROM t; SELECT $$")]
    [InlineData(Provider.PostgreSql, "SELECT a[1]; DELETE FROM t")]
    public void A_statement_does_not_hide_in_what_only_looks_quoted(Provider provider, string sql) =>
        SingleSelect.Problem(sql, provider).ShouldNotBeNull();
}
