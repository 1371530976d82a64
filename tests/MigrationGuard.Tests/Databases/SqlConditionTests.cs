using MigrationGuard.Databases;
using static MigrationGuard.Databases.Provider;

namespace MigrationGuard.Tests.Databases;

public sealed class SqlConditionTests
{
    [Theory]
    [InlineData(SqlServer, "StateCode = 0")]
    [InlineData(SqlServer, "[Created On] >= '2020-01-01' AND (Name <> N'a;b--c' OR Name IS NULL)")]
    [InlineData(SqlServer, "@@TRANCOUNT > 0")]
    [InlineData(PostgreSql, "id IN (SELECT contact_id FROM kept WHERE note <> $$ ) ; $$)")]
    [InlineData(PostgreSql, "data ? 'name' AND moment > now() - interval '1 day'")]
    [InlineData(PostgreSql, "amount::numeric > 1")]
    [InlineData(Sqlite, "typeof(\"odd ) name\") = 'text'")]
    [InlineData(Sqlite, "[a b] = 1 AND `b` LIKE '%:x?%'")]
    public void One_condition_is_taken_as_it_is(Provider engine, string condition) => SqlCondition.Problem(condition, engine).ShouldBeNull();

    [Theory]
    [InlineData(SqlServer, "", "no condition")]
    [InlineData(SqlServer, "  \n ", "no condition")]
    [InlineData(SqlServer, "1 = 1; DROP TABLE x", "semicolon")]
    [InlineData(SqlServer, "1 = 1) OR (1 = 1", "did not open")]
    [InlineData(SqlServer, "(1 = 1", "does not close")]
    [InlineData(SqlServer, "1 = 1 -- and more", "comment")]
    [InlineData(SqlServer, "1 = 1 /* and more */", "comment")]
    [InlineData(SqlServer, "Name = 'open", "not closed")]
    [InlineData(SqlServer, "StateCode = @state", "parameter")]
    [InlineData(SqlServer, "1 = 1 DELETE FROM x", "DELETE")]
    [InlineData(SqlServer, "1 = 1 EXEC evil", "EXEC")]
    [InlineData(PostgreSql, "true UNION SELECT 1", "UNION")]
    [InlineData(PostgreSql, "id IN (WITH gone AS (DELETE FROM x RETURNING id) SELECT id FROM gone)", "DELETE")]
    [InlineData(Sqlite, "id = ?1", "parameter")]
    [InlineData(Sqlite, "id = :id", "parameter")]
    [InlineData(Sqlite, "id = $id", "parameter")]
    [InlineData(Sqlite, "id = @id", "parameter")]
    public void What_is_no_condition_or_more_than_one_is_refused(Provider engine, string condition, string problem) =>
        SqlCondition.Problem(condition, engine).ShouldNotBeNull().ShouldContain(problem);
}
