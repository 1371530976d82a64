using MigrationGuard.Databases;
using MigrationGuard.Tests.Commands;
using MigrationGuard.Tests.Servers;

namespace MigrationGuard.Tests.BadInput;

/// <summary>Views that take their time, and the wait until one of them is being read.</summary>
internal static class SlowViews
{
    /// <summary>Takes as long as a test may wait, which is for ever; the limit under test ends it.</summary>
    public static string Endless(Provider engine) => engine switch
    {
        Provider.PostgreSql => "CREATE VIEW endless AS SELECT 1 AS id FROM pg_sleep(60)",
        Provider.Sqlite => "CREATE VIEW endless AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n",
        _ => throw new SkipException("SQL Server has no view that waits."),
    };

    /// <summary>Makes the view on the source and one row on the target, and compares them under the name <c>endless</c>.</summary>
    public static async Task AddEndlessAsync(this CommandMigration migration)
    {
        await migration.Source.ExecuteAsync(Endless(migration.Source.Provider));
        await migration.Target.ExecuteAsync("CREATE TABLE endless (id int)");
        migration.AddEntity("endless");
    }

    /// <summary>A PostgreSQL view of one row that takes this long.</summary>
    public static Task AddSlowAsync(this ScratchDatabase database, string name, string seconds) =>
        database.ExecuteAsync($"CREATE VIEW {name} AS SELECT 1 AS id FROM pg_sleep({seconds})");

    /// <summary>Completes once the program reads a relation whose name begins like that, on PostgreSQL; ends that session when asked to.</summary>
    public static Task WaitUntilReadAsync(this ScratchDatabase database, string relation, bool terminate = false) => database.ExecuteAsync($"""
        DO $$
        BEGIN
            LOOP
                PERFORM {(terminate ? "pg_terminate_backend(pid)" : "pid")} FROM pg_stat_activity
                WHERE datname = current_database() AND state = 'active' AND application_name = 'MigrationGuard' AND query LIKE '%"{relation}%';
                EXIT WHEN FOUND;
                PERFORM pg_stat_clear_snapshot();
                PERFORM pg_sleep(0.01);
            END LOOP;
        END $$
        """);
}
