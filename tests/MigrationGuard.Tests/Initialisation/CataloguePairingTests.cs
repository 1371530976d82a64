using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Initialisation;
using static MigrationGuard.Tests.Initialisation.HandMade;

namespace MigrationGuard.Tests.Initialisation;

public sealed class CataloguePairingTests
{
    [Fact]
    public void Tables_of_the_same_schema_and_name_are_paired() =>
        CataloguePairing.Pair(SqlServer(Table("sales", "Order")), SqlServer(Table("sales", "Order"), Table("dbo", "Order"))).Spelt()
            .ShouldBe(["sales.Order = sales.Order"]);

    [Fact]
    public void A_table_of_another_schema_is_another_table()
    {
        var pairing = CataloguePairing.Pair(SqlServer(Table("sales", "Order")), SqlServer(Table("archive", "Order")));
        pairing.Tables.ShouldBeEmpty();
        pairing.SourceOnly.ShouldHaveSingleItem().Reason.ShouldBe("nothing on the other side has this name");
        pairing.TargetOnly.Count.ShouldBe(1);
    }

    [Fact]
    public void The_default_schemas_of_all_engines_stand_for_each_other()
    {
        CataloguePairing.Pair(SqlServer(Table("dbo", "Account")), PostgreSql(Table("public", "Account"))).Spelt().ShouldBe(["dbo.Account = public.Account"]);
        CataloguePairing.Pair(PostgreSql(Table("public", "Account")), Sqlite(Table(null, "Account"))).Spelt().ShouldBe(["public.Account = Account"]);
        CataloguePairing.Pair(Sqlite(Table(null, "Account")), SqlServer(Table("dbo", "Account"))).Spelt().ShouldBe(["Account = dbo.Account"]);
    }

    [Theory]
    [InlineData("InvoiceLine", "invoiceline")]
    [InlineData("InvoiceLine", "invoice_line")]
    [InlineData("INVOICE_LINE", "InvoiceLine")]
    public void Names_that_differ_by_case_or_underscores_are_paired(string source, string target) =>
        CataloguePairing.Pair(Sqlite(Table(null, source)), Sqlite(Table(null, target))).Tables.Count.ShouldBe(1);

    [Theory]
    [InlineData("InvoiceLine", "InvoiceLines")]
    [InlineData("Invoice Line", "InvoiceLine")]
    [InlineData("_", "__")]
    public void Names_that_differ_by_more_are_not_paired(string source, string target) =>
        CataloguePairing.Pair(Sqlite(Table(null, source)), Sqlite(Table(null, target))).Tables.ShouldBeEmpty();

    [Fact]
    public void An_exact_name_wins_over_one_that_only_fits_when_folded()
    {
        var pairing = CataloguePairing.Pair(
            SqlServer(Table("dbo", "InvoiceLine")),
            SqlServer(Table("dbo", "invoice_line"), Table("dbo", "INVOICELINE"), Table("dbo", "InvoiceLine")));
        pairing.Spelt().ShouldBe(["dbo.InvoiceLine = dbo.InvoiceLine"]);
        pairing.TargetOnly.ShouldAllBe(table => table.Reason == "dbo.InvoiceLine is paired with dbo.InvoiceLine, whose name is closer");
    }

    [Fact]
    public void A_name_that_fits_two_candidates_is_not_paired_and_the_reason_names_them()
    {
        var pairing = CataloguePairing.Pair(Sqlite(Table(null, "invoiceline")), PostgreSql(Table("public", "InvoiceLine"), Table("public", "INVOICELINE")));
        pairing.Tables.ShouldBeEmpty();
        pairing.SourceOnly.ShouldHaveSingleItem().Reason.ShouldBe("ambiguous: it may be any of public.InvoiceLine, public.INVOICELINE");
        pairing.TargetOnly[0].Reason.ShouldBe("ambiguous: invoiceline may also be public.INVOICELINE");
    }

    [Fact]
    public void Names_that_differ_only_by_case_are_paired_each_with_its_own() =>
        CataloguePairing.Pair(PostgreSql(Table("public", "fee"), Table("public", "Fee")), PostgreSql(Table("public", "Fee"), Table("public", "fee"))).Spelt()
            .ShouldBe(["public.fee = public.fee", "public.Fee = public.Fee"]);

    [Theory]
    [InlineData("a.b")]
    [InlineData("say \"hello\"")]
    [InlineData("x]y[z")]
    [InlineData("a:b")]
    [InlineData("\U0001F4C7 cards")]
    [InlineData("line\nbreak // \" }")]
    public void Names_of_any_characters_are_paired(string name) =>
        CataloguePairing.Pair(SqlServer(Table("dbo", name)), Sqlite(Table(null, name))).Tables.Count.ShouldBe(1);

    [Fact]
    public void A_name_that_is_not_valid_Unicode_is_listed_not_paired()
    {
        var pairing = CataloguePairing.Pair(SqlServer(Table("dbo", "half\ud83d")), SqlServer(Table("dbo", "half\ud83d")));
        pairing.Tables.ShouldBeEmpty();
        pairing.SourceOnly.ShouldHaveSingleItem().Reason.ShouldContain("not valid Unicode");
    }

    [Fact]
    public void Views_are_listed_and_never_paired_with_tables()
    {
        var pairing = CataloguePairing.Pair(
            SqlServer(Table("dbo", "Account"), View("dbo", "Active")),
            SqlServer(View("dbo", "Account"), View("dbo", "Active")));
        pairing.Tables.ShouldBeEmpty();
        pairing.Views.ShouldHaveSingleItem().Source.Name.Name.ShouldBe("Active");
    }

    [Fact]
    public void Columns_are_paired_as_tables_are_and_the_rest_is_listed()
    {
        var pair = CataloguePairing.Pair(
            Sqlite(Table(null, "t", Column("InvoiceId"), Column("Total"), Column("a_b"), Column("Gone"))),
            Sqlite(Table(null, "t", Column("invoice_id"), Column("Total"), Column("AB"), Column("ab"), Column("New")))).Tables.Single();
        pair.Columns.Select(column => $"{column.Source.Name} = {column.Target.Name}").ShouldBe(["InvoiceId = invoice_id", "Total = Total"]);
        pair.SourceOnlyColumns.Select(column => column.Item.Name).ShouldBe(["a_b", "Gone"]);
        pair.TargetOnlyColumns.Select(column => column.Item.Name).ShouldBe(["AB", "ab", "New"]);
    }

    [Fact]
    public void Pairing_is_symmetric_and_never_pairs_a_table_twice()
    {
        // Few letters, so that names collide in every way there is.
        var names = Gen.Elements("a", "A", "_", "b", "B").ArrayOf().Where(letters => letters.Length is > 0 and < 5).Select(string.Concat);
        var tables = names.ArrayOf().Select(all => all.Distinct().Select(name => Table("dbo", name)).ToArray());
        Prop.ForAll(tables.Two().ToArbitrary(), sides =>
        {
            var (source, target) = (SqlServer(sides.Item1), PostgreSql([.. sides.Item2.Select(table => table with { Name = new TableName("public", table.Name.Name) })]));
            var there = CataloguePairing.Pair(source, target);
            var back = CataloguePairing.Pair(target, source);
            there.Tables.Select(pair => (pair.Source.Name, pair.Target.Name))
                .ShouldBe(back.Tables.Select(pair => (pair.Target.Name, pair.Source.Name)), ignoreOrder: true);
            there.Tables.Select(pair => pair.Source).Concat(there.SourceOnly.Select(table => table.Item)).ShouldBe(source.Tables, ignoreOrder: true);
            there.Tables.Select(pair => pair.Target).Concat(there.TargetOnly.Select(table => table.Item)).ShouldBe(target.Tables, ignoreOrder: true);
        }).QuickCheckThrowOnFailure();
    }
}
