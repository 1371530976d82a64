using System.ComponentModel;

namespace MigrationGuard.Qualification;

/// <summary>Where corruptions may be planted beside scratch SQLite databases.</summary>
public sealed class QualifyOptions
{
    [Description("A PostgreSQL or SQL Server database in which migrationguard qualify makes a schema of its own for a while, by its name under Databases. None when left out.")]
    public string? Database { get; set; }

    [Description("Whether it may. Without this nothing is ever written there. The login needs the right to make a schema, which one that verifies should not have.")]
    public bool AllowScratchSchema { get; set; }
}
