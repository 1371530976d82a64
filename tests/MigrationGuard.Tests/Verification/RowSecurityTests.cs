using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Tests.BadInput;
using MigrationGuard.Tests.Servers;
using MigrationGuard.Verification;

namespace MigrationGuard.Tests.Verification;

/// <summary>Two sides that hide the same rows from a login must not be compared by what is left.</summary>
public sealed class RowSecurityTests
{
    private const string Password = "Only-4-this-test";

    [SkippableTheory]
    [InlineData(Depth.Counts)]
    [InlineData(Depth.Rows)]
    public async Task Rows_that_policies_of_PostgreSQL_would_hide_on_both_sides_leave_the_table_unchecked(Depth depth)
    {
        await using var migration = await TestMigration.CreateAsync(Provider.PostgreSql, Provider.PostgreSql);
        await using var source = await ReaderAsync(migration.Source);
        await using var target = await ReaderAsync(migration.Target);
        migration.Options.Depth = depth;
        migration.Limits.SettleSeconds = 0;
        (migration.SourceOptions, migration.TargetOptions) = (As(source, migration.SourceOptions), As(target, migration.TargetOptions));
        (await migration.VerifyAsync(CheckNames.RecordCount)).ShouldMatch();

        // What differs is hidden on both sides.
        await migration.Target.ExecuteAsync("UPDATE cases SET title = 'lost' WHERE id = 12; DELETE FROM cases WHERE id = 11");
        foreach (var database in new[] { migration.Source, migration.Target })
            await database.ExecuteAsync("ALTER TABLE cases ENABLE ROW LEVEL SECURITY; CREATE POLICY few ON cases USING (id < 11)");
        foreach (var result in (await migration.VerifyAsync()).Where(result => result.Check != CheckNames.Schema))
        {
            var reason = result.ShouldNotBeChecked();
            reason.ShouldContain("row-level security would hide rows from the login");
            reason.ShouldContain("BYPASSRLS");
        }

        foreach (var (database, role) in new[] { (migration.Source, source), (migration.Target, target) })
            await database.ExecuteAsync($"ALTER ROLE {role.Name} BYPASSRLS");
        (await migration.VerifyAsync(CheckNames.RecordCount)).ShouldMismatch();
    }

    private static async Task<PostgreSqlRole> ReaderAsync(ScratchDatabase database)
    {
        var role = await PostgreSqlRole.CreateAsync(database, Password);
        await database.ExecuteAsync($"GRANT SELECT ON cases TO {role.Name}");
        return role;
    }

    private static DatabaseOptions As(PostgreSqlRole role, DatabaseOptions options)
    {
        options.ConnectionString = role.ConnectionString(Password);
        return options;
    }
}
