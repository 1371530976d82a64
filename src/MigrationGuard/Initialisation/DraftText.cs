using MigrationGuard.Configuration;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Initialisation;

/// <summary>The text of a drafted configuration. Property names come from the options types, so that they cannot drift apart.</summary>
internal static class DraftText
{
    public static string Write(DraftedDatabase source, DraftedDatabase target, DraftedComparison comparison)
    {
        var json = new CommentedJson();
        Preface(json, source, target, comparison);
        json.Member("$schema", CommentedJson.Text(ConfigurationSchema.FileName));
        json.BeginObject(ConfigurationFile.Section);
        WriteProject(json, source);
        WriteStore(json);
        json.Blank().BeginObject(nameof(MigrationGuardOptions.Databases));
        WriteDatabase(json, source);
        WriteDatabase(json, target);
        json.End();
        json.Blank().BeginObject(nameof(MigrationGuardOptions.Comparisons)).BeginObject(comparison.Name);
        ComparisonText.Write(json, source.Name, target.Name, comparison);
        return json.End().End().End().ToString();
    }

    private static void Preface(CommentedJson json, DraftedDatabase source, DraftedDatabase target, DraftedComparison comparison)
    {
        json.Comment($"Drafted by migrationguard init. Source: {Described(source)}. Target: {Described(target)}.");
        json.Comment("Tables and columns are paired by their names; keys, timestamps and breakdowns are guessed from names and types. Read it all and correct it, then run: migrationguard check-config");
        if (comparison.IsDynamics)
            json.Comment("A Dynamics CRM or Dynamics 365 organisation database was recognised by MetadataSchema.Entity and its Base tables.");
        if (string.Equals(source.Server.Identity, target.Server.Identity, StringComparison.Ordinal))
            json.Comment("Both sides are the same database. Such a comparison proves nothing, and verify refuses it unless AllowSameDatabase is true.");
        json.Blank();
    }

    private static string Described(DraftedDatabase database) =>
        $"{database.Server.Database} on {database.Server.Product} {database.Server.Version}";

    private static void WriteProject(CommentedJson json, DraftedDatabase source) => json
        .Comment("Whose migration this is; every report shows it. Add the reference of the DPIA and the owner, by role.")
        .BeginObject(nameof(MigrationGuardOptions.Project))
        .Member(nameof(ProjectOptions.Name), CommentedJson.Text("Migration of " + source.Server.Database))
        .Member(nameof(ProjectOptions.DpiaReference), "null")
        .Member(nameof(ProjectOptions.Owner), "null")
        .End();

    private static void WriteStore(CommentedJson json)
    {
        var store = new StoreOptions();
        json.Blank()
            .Comment("Where the ledger is kept: every run, approval and configuration change.")
            .BeginObject(nameof(MigrationGuardOptions.Store))
            .Member(nameof(StoreOptions.Provider), CommentedJson.Text(store.Provider.ToString()))
            .Member(nameof(StoreOptions.ConnectionString), CommentedJson.Text(store.ConnectionString))
            .End();
    }

    private static void WriteDatabase(CommentedJson json, DraftedDatabase database)
    {
        json.BeginObject(database.Name)
            .Member(nameof(DatabaseOptions.Provider), CommentedJson.Text(database.Provider.ToString()));
        if (database.PasswordLeftOut)
            json.Comment($"The password is left out. Set {database.EnvironmentVariable} to the whole connection string.");
        json.Member(nameof(DatabaseOptions.ConnectionString), CommentedJson.Text(database.ConnectionString))
            .Comment("The zone of date columns that do not say theirs.")
            .Member(nameof(DatabaseOptions.TimeZone), CommentedJson.Text(new DatabaseOptions().TimeZone))
            .End();
    }
}
