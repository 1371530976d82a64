using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Initialisation;
using static MigrationGuard.Tests.Initialisation.HandMade;

namespace MigrationGuard.Tests.Initialisation;

public sealed class EntityGuessTests
{
    [Theory]
    [InlineData("CreatedOn", "ModifiedOn")]
    [InlineData("created_at", "updated_at")]
    [InlineData("DateCreated", "DateModified")]
    [InlineData("created", "last_update")]
    public void Created_and_modified_columns_are_recognised_by_name(string created, string modified)
    {
        var guess = Guess(Provider.SqlServer, Column(created, Moment), Column(modified, Moment), Column("BirthDate", Moment));
        guess.CreatedOn.ShouldBe(created);
        guess.ModifiedOn.ShouldBe(modified);
    }

    [Fact]
    public void A_column_that_cannot_hold_a_moment_is_no_created_column()
    {
        var guess = Guess(Provider.SqlServer, Column("CreatedOn", Integer));
        guess.CreatedOn.ShouldBeNull();
        guess.Remarks.ShouldContain(remark => remark.Contains("last-timestamp check is not configured"));
    }

    [Fact]
    public void A_SQLite_number_or_text_is_taken_only_where_the_name_says_that_it_is_a_moment()
    {
        Guess(Provider.Sqlite, Column("created_at", Text())).CreatedOn.ShouldBe("created_at");
        Guess(Provider.Sqlite, Column("created_at", Integer)).CreatedOn.ShouldBe("created_at");
        Guess(Provider.Sqlite, Column("created", Integer)).CreatedOn.ShouldBeNull();
    }

    [Fact]
    public void State_and_status_are_counted_together()
    {
        var guess = Guess(Provider.SqlServer, Column("StateCode"), Column("StatusCode"), Column("CustomerTypeCode"));
        Spelt(guess).ShouldBe(["StateCode", "CustomerTypeCode", "StateCode+StatusCode"]);
    }

    [Fact]
    public void At_most_three_single_columns_are_counted_by() =>
        Spelt(Guess(Provider.SqlServer, Column("TypeA"), Column("TypeB"), Column("Status"), Column("IsOpen", YesNo), Column("Category")))
            .ShouldBe(["Status", "TypeA", "TypeB"]);

    [Theory]
    [InlineData("Status", 20, true)]
    [InlineData("Status", 51, false)]
    [InlineData("Status", null, false)]
    [InlineData("MaritalStatus", 20, false)]
    [InlineData("StatusDescription", 20, false)]
    [InlineData("Surname", 20, false)]
    [InlineData("EMailType", 20, false)]
    public void Text_is_counted_by_only_when_short_and_saying_nothing_of_a_person(string name, int? length, bool isCounted) =>
        Guess(Provider.SqlServer, Column(name, Text(length))).BreakdownBy.Count.ShouldBe(isCounted ? 1 : 0);

    [Theory]
    [InlineData("is_open", true)]
    [InlineData("IsOpen", true)]
    [InlineData("HasFee", true)]
    [InlineData("ISBN", false)]
    [InlineData("issue_id", false)]
    [InlineData("Hash", false)]
    public void Whole_numbers_that_say_yes_or_no_are_counted_by(string name, bool isCounted) =>
        Guess(Provider.SqlServer, Column(name)).BreakdownBy.Count.ShouldBe(isCounted ? 1 : 0);

    [Fact]
    public void The_state_of_an_address_is_a_place()
    {
        Guess(Provider.SqlServer, Column("BillingState", Text(40)), Column("BillingCity", Text(40))).BreakdownBy.ShouldBeEmpty();
        Guess(Provider.SqlServer, Column("CaseState", Text(40))).BreakdownBy.Count.ShouldBe(1);
    }

    [Fact]
    public void A_key_is_not_counted_by() =>
        Guess(Provider.SqlServer, ["MediaTypeId"], Column("MediaTypeId")).BreakdownBy.ShouldBeEmpty();

    [Fact]
    public void A_table_without_a_primary_key_has_an_empty_key_and_says_so()
    {
        var guess = Guess(Provider.SqlServer, Column("a"));
        guess.Key.ShouldBeEmpty();
        guess.Remarks.ShouldContain(remark => remark.StartsWith("The source has no primary key"));
        Guess(Provider.SqlServer, ["a"], Column("a")).Key.ShouldBe(["a"]);
    }

    [Fact]
    public void A_rowversion_is_ignored_and_said_to_be()
    {
        var guess = Guess(Provider.SqlServer, Column("VersionNumber", RowVersion));
        guess.IgnoreColumns.ShouldBe(["VersionNumber"]);
        guess.Remarks.ShouldContain(remark => remark.Contains("never compared"));
    }

    [Fact]
    public void Column_names_that_differ_by_more_than_case_are_named_twice()
    {
        var pair = Pair([Column("InvoiceId"), Column("Total"), Column("Same")], [Column("invoice_id"), Column("total"), Column("Same")]);
        EntityGuess.For(pair, Provider.Sqlite, Provider.PostgreSql).TargetColumns
            .ShouldBe([KeyValuePair.Create("InvoiceId", "invoice_id")]);
    }

    [Fact]
    public void A_column_is_not_named_twice_where_the_name_would_speak_for_another_too()
    {
        var pair = Pair([Column("fee_id"), Column("FEE_ID"), Column("x")], [Column("feeid"), Column("FEE_ID"), Column("x")]);
        var guess = EntityGuess.For(pair, Provider.Sqlite, Provider.Sqlite);
        guess.TargetColumns.ShouldBeEmpty();
        guess.Remarks.ShouldContain(remark => remark.StartsWith("Column fee_id is feeid on the target"));
    }

    [Fact]
    public void A_column_whose_name_cannot_be_a_key_is_said_not_to_be_nameable()
    {
        var pair = Pair([Column("status:code_1")], [Column("STATUS:CODE1")]);
        var guess = EntityGuess.For(pair, Provider.Sqlite, Provider.Sqlite);
        guess.TargetColumns.ShouldBeEmpty();
        guess.Remarks.ShouldContain(remark => remark.Contains("cannot be a key of TargetColumns"));
    }

    private static EntityGuess Guess(Provider provider, params Column[] columns) => Guess(provider, [], columns);

    private static EntityGuess Guess(Provider provider, string[] key, params Column[] columns)
    {
        var catalogue = SqlServer(Table("dbo", "t", columns) with { PrimaryKey = key });
        return EntityGuess.For(CataloguePairing.Pair(catalogue, catalogue).Tables.Single(), provider, provider);
    }

    private static TablePair Pair(Column[] source, Column[] target) =>
        CataloguePairing.Pair(Sqlite(Table(null, "t", source)), Sqlite(Table(null, "t", target))).Tables.Single();

    private static IEnumerable<string> Spelt(EntityGuess guess) => guess.BreakdownBy.Select(columns => string.Join('+', columns));
}
