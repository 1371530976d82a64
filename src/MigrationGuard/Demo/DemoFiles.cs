using System.Data.Common;

namespace MigrationGuard.Demo;

/// <summary>The files the demo makes in its directory.</summary>
internal sealed record DemoFiles(string Directory)
{
    /// <summary>The old CRM.</summary>
    public string Old => At("old.sqlite");

    /// <summary>The new CRM.</summary>
    public string New => At("new.sqlite");

    /// <summary>The ledger, which the verification makes; an earlier one is kept, as a ledger is only ever added to.</summary>
    public string Store => At("migrationguard.db");

    /// <summary>The configuration for going on by hand.</summary>
    public string Settings => At("appsettings.json");

    /// <summary>The connection string of a SQLite file, with whatever its path needs quoted.</summary>
    public static string ConnectionString(string path) => new DbConnectionStringBuilder { ["Data Source"] = path }.ConnectionString;

    private string At(string file) => Path.Combine(Path.GetFullPath(Directory), file);
}
