using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Tests.Databases;

public sealed class CatalogueTests
{
    [Fact]
    public void An_exact_name_wins_over_another_case() =>
        Of(("public", "contact"), ("public", "Contact")).Find("Contact")!.Name.Name.ShouldBe("Contact");

    [Fact]
    public void Another_case_is_taken_where_it_fits_one_table() =>
        Of(("public", "contact"), ("public", "account")).Find("CONTACT")!.Name.Name.ShouldBe("contact");

    [Fact]
    public void Another_case_that_fits_two_tables_finds_none() =>
        Of(("public", "contact"), ("public", "Contact")).Find("CONTACT").ShouldBeNull();

    [Fact]
    public void A_name_without_a_schema_is_of_the_default_one() =>
        Of(("archive", "contact"), ("public", "contact")).Find("contact")!.Name.Schema.ShouldBe("public");

    [Fact]
    public void A_table_of_another_schema_is_not_found_by_its_name_alone() =>
        Of(("archive", "contact")).Find("contact").ShouldBeNull();

    [Theory]
    [InlineData("my.table")]
    [InlineData("\"my.table\"")]
    [InlineData("public.\"my.table\"")]
    [InlineData("[public].[my.table]")]
    public void A_name_that_holds_a_dot_is_found_plain_and_quoted(string written) =>
        Of(("public", "my.table")).Find(written)!.Name.Name.ShouldBe("my.table");

    [Fact]
    public void A_schema_and_a_name_win_over_a_name_that_holds_a_dot() =>
        Of(("public", "my.table"), ("my", "table")).Find("my.table")!.Name.ShouldBe(new TableName("my", "table"));

    [Fact]
    public void Columns_are_found_as_tables_are()
    {
        var table = Table(null, "t", "id", "Id", "Name");
        table.Find("Id")!.Name.ShouldBe("Id");
        table.Find("NAME")!.Name.ShouldBe("Name");
        table.Find("ID").ShouldBeNull();
        table.Find("colour").ShouldBeNull();
    }

    [Fact]
    public void Views_are_no_base_tables()
    {
        var catalogue = Of(("public", "contact"));
        var withView = catalogue with { Tables = [.. catalogue.Tables, Table("public", "active") with { IsView = true }] };
        withView.BaseTables.Select(table => table.Name.Name).ShouldBe(["contact"]);
    }

    private static Catalogue Of(params (string Schema, string Name)[] tables) => new(
        new ServerDescription("test", "1", "crm", "test:crm", null, "none"),
        "public",
        [.. tables.Select(table => Table(table.Schema, table.Name))]);

    private static Table Table(string? schema, string name, params string[] columns) => new(
        new TableName(schema, name),
        IsView: false,
        null,
        [.. columns.Select(column => new Column(column, "int", new CanonicalType(CanonicalKind.Integer), true, null))],
        []);
}
