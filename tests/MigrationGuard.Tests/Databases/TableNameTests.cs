using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Tests.Databases;

public sealed class TableNameTests
{
    [Theory]
    [InlineData("contact", null, "contact")]
    [InlineData("dbo.contact", "dbo", "contact")]
    [InlineData("[dbo].[contact]", "dbo", "contact")]
    [InlineData("[dbo].[odd ]] name]", "dbo", "odd ] name")]
    [InlineData("\"public\".\"say \"\"hello\"\"\"", "public", "say \"hello\"")]
    [InlineData("`main`.`tick``ed`", "main", "tick`ed")]
    [InlineData("dbo.[my.table]", "dbo", "my.table")]
    [InlineData("\"my.table\"", null, "my.table")]
    [InlineData("two words", null, "two words")]
    public void A_name_is_read_in_every_spelling_engines_have(string text, string? schema, string name) =>
        TableName.Parse(text).ShouldBe(new TableName(schema, name));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("dbo.")]
    [InlineData(".contact")]
    [InlineData("server.dbo.contact")]
    [InlineData("[not closed")]
    [InlineData("[dbo]contact")]
    [InlineData("dbo..contact")]
    public void What_does_not_read_as_parts_is_one_plain_name(string text) =>
        TableName.Parse(text).ShouldBe(new TableName(null, text));

    [Theory]
    [InlineData(null, "contact", "contact")]
    [InlineData("dbo", "contact", "dbo.contact")]
    [InlineData("dbo", "my.table", "dbo.\"my.table\"")]
    public void A_name_is_quoted_only_where_it_must_be(string? schema, string name, string written) =>
        new TableName(schema, name).ToString().ShouldBe(written);

    [Fact]
    public void Every_name_that_is_written_reads_back_as_itself()
    {
        // The characters that mean something, and some that do not.
        var part = Gen.Elements(".", "[", "]", "\"", "`", "a", " ", "é", "\U0001F4C7", "'").ArrayOf().Select(string.Concat);
        var schema = Gen.OneOf(part.Select(name => (string?)name), Gen.Constant<string?>(null));
        var names = schema.SelectMany(_ => part, (of, name) => new TableName(of, name));
        Prop.ForAll(names.ToArbitrary(), name => TableName.Parse(name.ToString()).ShouldBe(name)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Two_different_names_are_never_written_alike()
    {
        var part = Gen.Elements(".", "\"", "a").ArrayOf().Select(string.Concat);
        var name = part.Two().Select(parts => new TableName(parts.Item1.Length == 0 ? null : parts.Item1, parts.Item2));
        Prop.ForAll(name.Two().ToArbitrary(), pair => (pair.Item1.ToString() == pair.Item2.ToString()).ShouldBe(pair.Item1 == pair.Item2))
            .QuickCheckThrowOnFailure();
    }
}
