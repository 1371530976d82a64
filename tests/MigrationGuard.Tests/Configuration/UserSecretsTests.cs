using MigrationGuard.Configuration.Overrides;

namespace MigrationGuard.Tests.Configuration;

public sealed class UserSecretsTests : IDisposable
{
    private readonly ConfigurationFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{ "MigrationGuard:Databases:old:ConnectionString": "Data Source=secret.db" }""")]
    [InlineData("""{ "migrationguard:databases:OLD:connectionstring": "Data Source=secret.db" }""")]
    [InlineData("""{ "MigrationGuard": { "Databases": { "old": { "ConnectionString": "Data Source=secret.db" } } } }""")]
    [InlineData("""{ "MigrationGuard:Databases": { "old:ConnectionString": "Data Source=secret.db", }, "Serilog:X": "y" } // kept by hand""")]
    public void A_secret_overrides_the_file_flat_or_nested(string secrets)
    {
        File.WriteAllText(_folder.Secrets, secrets);

        var loaded = _folder.LoadAll(ConfigurationFolder.Valid());

        loaded.Options.Databases["old"].ConnectionString.ShouldBe("Data Source=secret.db");
        loaded.Overrides.ShouldHaveSingleItem().ShouldStartWith("migrationguard:", Case.Insensitive);
    }

    [Fact]
    public void A_variable_overrides_a_secret()
    {
        File.WriteAllText(_folder.Secrets, """{ "MigrationGuard:Project:Name": "secret", "MigrationGuard:Verification:MaxGroups": "7" }""");
        _folder.Environment["MigrationGuard__Project__Name"] = "variable";

        var options = _folder.Load(ConfigurationFolder.Valid());

        options.Project.Name.ShouldBe("variable");
        options.Verification.MaxGroups.ShouldBe(7);
    }

    [Fact]
    public void A_name_that_holds_a_colon_can_be_reached()
    {
        File.WriteAllText(_folder.Secrets, """{ "MigrationGuard:Databases:a:b:ConnectionString": "Data Source=right.db" }""");

        _folder.Load("""{ "MigrationGuard": { "Databases": { "a:b": { "Provider": "Sqlite" } } } }""")
            .Databases["a:b"].ConnectionString.ShouldBe("Data Source=right.db");
    }

    [Fact]
    public void No_file_is_no_problem()
    {
        _folder.LoadAll(ConfigurationFolder.Valid()).Overrides.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "Databases:old:ConnectionString": "canary" }""", "Databases:old:ConnectionString")]
    [InlineData("""{ "MigrationGuard:Databases:old:Conection": "canary" }""", "leads to no option")]
    [InlineData("""{ "MigrationGuard:Databases:old:ConnectionString": canary }""", "line 1, column 52")]
    public void What_a_secret_gets_wrong_is_a_problem_that_does_not_tell_it(string secrets, string expected)
    {
        File.WriteAllText(_folder.Secrets, secrets);

        var problem = _folder.Problems(ConfigurationFolder.Valid()).ShouldHaveSingleItem().ToString();

        problem.ShouldContain(expected);
        problem.ShouldNotContain("canary");
    }

    [Fact]
    public void The_file_is_where_the_tool_keeps_it()
    {
        UserSecrets.Location(new Dictionary<string, string> { ["HOME"] = "h" })
            .ShouldBe(Path.Combine("h", ".microsoft", "usersecrets", "MigrationGuard", "secrets.json"));
        UserSecrets.Location(new Dictionary<string, string> { ["APPDATA"] = "a", ["HOME"] = "h" })
            .ShouldBe(Path.Combine("a", "Microsoft", "UserSecrets", "MigrationGuard", "secrets.json"));
        UserSecrets.Location(new Dictionary<string, string>()).ShouldBeNull();
    }
}
