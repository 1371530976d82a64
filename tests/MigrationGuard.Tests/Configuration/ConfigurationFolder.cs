using MigrationGuard.Configuration;

namespace MigrationGuard.Tests.Configuration;

/// <summary>A folder of its own with a configuration file, user secrets and environment variables to read it with.</summary>
public sealed class ConfigurationFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("migrationguard-configuration-").FullName;

    public ConfigurationFolder() => File = At("appsettings.json");

    public string File { get; }

    public string Secrets => At("secrets.json");

    public Dictionary<string, string> Environment { get; } = [];

    public string At(string name) => Path.Combine(_folder, name);

    /// <summary>A configuration that breaks no rule, with <paramref name="more"/> put into its comparison.</summary>
    public static string Valid(string more = "") => $$"""
        { "MigrationGuard": {
            "Databases": {
              "old": { "Provider": "Sqlite", "ConnectionString": "Data Source=old.db" },
              "new": { "Provider": "PostgreSql", "ConnectionString": "Host=new" } },
            "Comparisons": { "crm": { "Source": "old", "Target": "new",
              "Entities": { "contact": { "Source": "dbo.Contact" } } {{(more.Length == 0 ? "" : ", " + more)}} } } } }
        """;

    public MigrationGuardOptions Load(string json) => LoadAll(json).Options;

    public LoadedConfiguration LoadAll(string json)
    {
        System.IO.File.WriteAllText(File, json);
        return ConfigurationFile.Load(File, Environment, Secrets);
    }

    /// <summary>The options of a section, whatever rules it breaks.</summary>
    public MigrationGuardOptions ReadSection(string section)
    {
        System.IO.File.WriteAllText(File, $$"""{ "MigrationGuard": {{section}} }""");
        return ConfigurationFile.Read(File, Environment, Secrets).Options;
    }

    /// <summary>What loading complains of.</summary>
    public IReadOnlyList<ConfigurationProblem> Problems(string json) =>
        Should.Throw<ConfigurationException>(() => LoadAll(json)).Problems;

    /// <summary>What loading the valid configuration with <paramref name="more"/> in its comparison complains of, which is one thing.</summary>
    public ConfigurationProblem OnlyProblem(string more) => Problems(Valid(more)).ShouldHaveSingleItem();

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
