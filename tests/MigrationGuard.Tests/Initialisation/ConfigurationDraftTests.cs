using System.Text.Json;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Initialisation;
using MigrationGuard.Verification;
using static MigrationGuard.Tests.Initialisation.HandMade;

namespace MigrationGuard.Tests.Initialisation;

public sealed class ConfigurationDraftTests
{
    private static readonly JsonDocumentOptions Commented = new() { CommentHandling = JsonCommentHandling.Skip };

    [Theory]
    [InlineData("a.b")]
    [InlineData("say \"hello\"")]
    [InlineData("x]y[z")]
    [InlineData("a:b")]
    [InlineData("\U0001F4C7 cards")]
    [InlineData("back\\slash")]
    [InlineData("*/ , } \"x\": [")]
    [InlineData("line\n\"Excluded\": { \"*\": \"evil\" }, //")]
    [InlineData("line\u2028separator\u0085next")]
    public void Names_of_any_characters_are_written_so_that_they_read_back(string name)
    {
        var table = Table(null, name, Column(name + "_1"), Column("plain"));
        var draft = Draft(Sqlite(table, Table(null, "only " + name)), Sqlite(Table(null, name, Column(name + "1")), View(null, "v" + name)));
        var comparison = Comparison(draft, "migration");
        comparison.GetProperty("Entities").EnumerateObject().Single().Value.GetProperty("Source").GetString().ShouldBe(table.Name.ToString());
        comparison.GetProperty("Excluded").EnumerateObject().ShouldBeEmpty();
        draft.Summary.SourceOnly.Count.ShouldBe(1);
    }

    [Fact]
    public void Tables_whose_names_differ_only_by_case_are_separate_entities()
    {
        var both = PostgreSql(Table("public", "fee"), Table("public", "Fee"));
        Comparison(Draft(both, both), "migration").GetProperty("Entities").EnumerateObject().Select(entity => entity.Name).ShouldBe(["fee", "Fee-2"]);
    }

    [Fact]
    public void Catalogues_without_anything_in_common_make_a_draft_that_says_so()
    {
        var draft = Draft(Sqlite(Table(null, "a")), Sqlite(Table(null, "b")));
        Comparison(draft, "migration").GetProperty("Entities").EnumerateObject().ShouldBeEmpty();
        draft.Text.ShouldContain("No table was found on both sides.");
    }

    [Fact]
    public void A_password_is_left_out_and_the_variable_to_set_is_named()
    {
        var same = SqlServer(Table("dbo", "t"));
        var draft = ConfigurationDraft.From(
            same.Side(Provider.SqlServer, "Server=old;User ID=reader;Password=hunter2"),
            same.Side(Provider.SqlServer, "Server=new;Integrated Security=true"));
        draft.Text.ShouldNotContain("hunter2");
        draft.Summary.PasswordsLeftOut.ShouldBe(["MigrationGuard__Databases__old__ConnectionString"]);
        draft.Text.ShouldContain("Set MigrationGuard__Databases__old__ConnectionString");
        draft.Text.ShouldContain("Server=new;Integrated Security=true");
    }

    [Fact]
    public void Every_table_left_out_is_named_in_a_comment_with_a_line_to_exclude_it()
    {
        var draft = Draft(SqlServer(Table("dbo", "a"), Table("dbo", "gone")), SqlServer(Table("dbo", "a"), Table("dbo", "added"), View("dbo", "v")));
        draft.Text.ShouldContain("//   { \"Table\": \"dbo.gone\", \"Reason\": \"\" },");
        draft.Text.ShouldContain("//   dbo.added: nothing on the other side has this name");
    }

    [Fact]
    public void A_table_with_a_random_name_is_left_to_a_person_with_its_reason()
    {
        var old = DynamicsOrganisations.Old();
        var draft = Draft(old, DynamicsOrganisations.New(), Provider.SqlServer);
        draft.Summary.SourceOnly.Select(table => table.Item.Name.Name).ShouldContain(name => name.StartsWith("MatchCode"));
        draft.Text.ShouldContain("rebuilds under a random name.\" },");
    }

    [Fact]
    public void Expected_differences_are_without_approver_and_expiry()
    {
        var draft = Draft(DynamicsOrganisations.Old(), DynamicsOrganisations.New(), Provider.SqlServer);
        var expected = Comparison(draft, "crm").GetProperty("ExpectedDifferences").EnumerateArray().ToList();
        expected.Count.ShouldBe(draft.Summary.ExpectedDifferences);
        expected.ShouldNotBeEmpty();
        foreach (var difference in expected)
        {
            difference.GetProperty("ApprovedBy").ValueKind.ShouldBe(JsonValueKind.Null);
            difference.GetProperty("Expires").ValueKind.ShouldBe(JsonValueKind.Null);
            difference.GetProperty("Reason").GetString().ShouldStartWith("Dynamics 365 on-premises upgrade behaviour: ");
            difference.GetProperty("Entity").GetString().ShouldNotBe("contact");
        }
    }

    [Fact]
    public void Tables_named_as_in_Dynamics_have_no_expected_differences_where_nothing_else_says_Dynamics()
    {
        var tables = new[] { Table("dbo", "AsyncOperationBase"), Table("dbo", "StringMapBase") };
        Draft(SqlServer(tables), SqlServer(tables), Provider.SqlServer).Summary.ShouldSatisfyAllConditions(
            summary => summary.IsDynamics.ShouldBeFalse(),
            summary => summary.ExpectedDifferences.ShouldBe(0));
    }

    [Theory]
    [InlineData(Provider.SqlServer, Provider.SqlServer, "queries/dynamics-crm,queries/sqlserver")]
    [InlineData(Provider.SqlServer, Provider.PostgreSql, "")]
    public void Queries_for_SQL_Server_are_configured_only_where_both_sides_are(Provider source, Provider target, string queries)
    {
        var draft = ConfigurationDraft.From(DynamicsOrganisations.Old().Side(source), DynamicsOrganisations.New().Side(target));
        var written = Comparison(draft, "crm").TryGetProperty("Queries", out var folders) ? folders.EnumerateArray().Select(folder => folder.GetString()) : [];
        string.Join(',', written).ShouldBe(queries);
    }

    [Fact]
    public void Every_property_written_is_one_of_the_options()
    {
        var comparison = Comparison(Draft(DynamicsOrganisations.Old(), DynamicsOrganisations.New(), Provider.SqlServer), "crm");
        Names(comparison).ShouldBeSubsetOf(Properties<ComparisonOptions>());
        foreach (var entity in comparison.GetProperty("Entities").EnumerateObject())
            Names(entity.Value).ShouldBeSubsetOf(Properties<EntityOptions>());
        foreach (var difference in comparison.GetProperty("ExpectedDifferences").EnumerateArray())
            Names(difference).ShouldBeSubsetOf(Properties<ExpectedDifferenceOptions>());
    }

    [Fact]
    public void The_draft_for_a_Dynamics_organisation_is_as_approved() =>
        Draft(DynamicsOrganisations.Old(), DynamicsOrganisations.New(), Provider.SqlServer).Text
            .ShouldBeApproved("MigrationGuard.Tests/Initialisation/Approved/dynamics-draft.json");

    private static ConfigurationDraft Draft(Catalogue source, Catalogue target, Provider provider = Provider.Sqlite) =>
        ConfigurationDraft.From(source.Side(provider, "Server=old;Integrated Security=true"), target.Side(provider, "Server=new;Integrated Security=true"));

    // The text is disposed of with the document: what is asked of it is cloned.
    private static JsonElement Comparison(ConfigurationDraft draft, string name)
    {
        using var document = JsonDocument.Parse(draft.Text, Commented);
        return document.RootElement.GetProperty("MigrationGuard").GetProperty("Comparisons").GetProperty(name).Clone();
    }

    private static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);

    private static IEnumerable<string> Properties<T>() => typeof(T).GetProperties().Select(property => property.Name);
}
