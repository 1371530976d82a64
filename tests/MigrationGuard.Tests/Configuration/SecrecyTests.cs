namespace MigrationGuard.Tests.Configuration;

/// <summary>A password ends up in the strangest places; no problem repeats it.</summary>
public sealed class SecrecyTests : IDisposable
{
    private const string Canary = "c4nary-pa55word";

    private const string ConnectionString = "Server=old;Database=crm;User ID=reader;Password=" + Canary;

    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{ "MigrationGuard": "$" }""")]
    [InlineData("""{ "$": 1, "MigrationGuard": {} }""")]
    [InlineData("""{ "MigrationGuard": { "$": 1 } }""")]
    [InlineData("""{ "MigrationGuard": { "Databases": "$" } }""")]
    [InlineData("""{ "MigrationGuard": { "Databases": { "old": "$" } } }""")]
    [InlineData("""{ "MigrationGuard": { "Databases": { "old": { "Provider": "$" } } } }""")]
    [InlineData("""{ "MigrationGuard": { "Databases": { "$": { "Provider": 1 } } } }""")]
    [InlineData("""{ "MigrationGuard": { "Databases": { "old": { "Provider": "Sqlite", "$": 1 } } } }""")]
    [InlineData("""{ "MigrationGuard": { "Databases": { "old": { "Provider": "Sqlite", "ConnectionString": ["$"] } } } }""")]
    [InlineData("""{ "MigrationGuard": { "Databases": { "old": { "Provider": "Sqlite", "MaxConnections": "$" } } } }""")]
    [InlineData("""{ "MigrationGuard": { "Databases": { "old": { "Provider": "Sqlite", "ConnectionString": "x", "TimeZone": "$" } } } }""")]
    [InlineData("""{ "MigrationGuard": { "Databases": { "old": { "Provider": "Sqlite", "ConnectionString": "$" "MaxConnections": 1 } } } }""")]
    [InlineData("""{ "MigrationGuard": { "Databases": { "old": { "Provider": "Sqlite", "ConnectionString": $ } } } }""")]
    [InlineData("""{ "MigrationGuard": { "Comparisons": { "crm": { "Source": "$", "Target": "$" } } } }""")]
    [InlineData("""{ "MigrationGuard": { "Comparisons": { "crm": { "FrozenAt": "$", "Depth": "$" } } } }""")]
    [InlineData("""{ "MigrationGuard": { "Comparisons": { "crm": { "Excluded": { "$": "" } } } } }""")]
    [InlineData("""{ "MigrationGuard": { "Comparisons": { "crm": { "ExpectedDifferences": [{ "Entity": "$", "Check": "$", "Kind": "$", "Expires": "$" }] } } } }""")]
    public void A_password_in_the_wrong_place_is_not_repeated(string json)
    {
        AssertSilent(json.Replace("$", ConnectionString, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("MigrationGuard__Databases__old")]
    [InlineData("MigrationGuard__Databases__old__MaxConnections")]
    [InlineData("MigrationGuard__Databases__old__Provider")]
    [InlineData("MigrationGuard__Nowhere")]
    [InlineData("MigrationGuard__Comparisons__crm__Source")]
    public void A_password_in_the_wrong_variable_is_not_repeated(string name)
    {
        _folder.Environment[name] = ConnectionString;

        AssertSilent(ConfigurationFolder.Valid());
    }

    [Theory]
    [InlineData("""{ "MigrationGuard:Databases:old": "$" }""")]
    [InlineData("""{ "MigrationGuard:$": "x" }""")]
    [InlineData("""{ "$": "x" }""")]
    [InlineData("\"$\"")]
    public void A_password_in_the_wrong_secret_is_not_repeated(string secrets)
    {
        File.WriteAllText(_folder.Secrets, secrets.Replace("$", ConnectionString, StringComparison.Ordinal));

        AssertSilent(ConfigurationFolder.Valid());
    }

    private void AssertSilent(string json)
    {
        var problems = _folder.Problems(json);

        problems.ShouldNotBeEmpty();
        foreach (var problem in problems)
            problem.ToString().ShouldNotContain(Canary);
    }
}
