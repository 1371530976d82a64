using System.Text;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Tests.Databases;

/// <summary>Conditions on the values of columns, as somebody has read and approved them.</summary>
public sealed class FilterStatementsTests
{
    private static readonly Column State = new("Sta\"te]", "int", new CanonicalType(CanonicalKind.Integer), true, null);
    private static readonly Column IsOpen = new("is_open", "boolean", new CanonicalType(CanonicalKind.Boolean), true, null);
    private static readonly Column Name = new("name", "varchar(40)", new CanonicalType(CanonicalKind.Text), true, null);
    private static readonly Column Owner = new("owner", "uuid", new CanonicalType(CanonicalKind.Uuid), true, null);
    private static readonly Column Closed = new("closed", "timestamp", new CanonicalType(CanonicalKind.Timestamp), true, null);

    [Fact]
    public void Conditions_on_values_read_as_approved()
    {
        var text = new StringBuilder();
        foreach (var provider in Enum.GetValues<Provider>())
        {
            ColumnFilter[][] all =
            [
                [new(State, ["1", "-3", "+07"])],
                [new(State, ["1", null]), new(IsOpen, ["true", "0"])],
                [new(State, [null])],
                [new(Name, ["it's", "back\\slash", "') OR 1 = 1 --", "水", ""])],
                .. provider == Provider.Sqlite ? Array.Empty<ColumnFilter[]>() : [[new(Owner, ["{01234567-89AB-cdef-0123-456789ABCDEF}"])]],
            ];
            foreach (var filters in all)
            {
                var sql = Dialect.For(provider).PhraseFilters(filters)!;
                SqlCondition.Problem(sql, provider).ShouldBeNull();
                text.Append("-- ").Append(provider).Append('\n').Append(sql).Append('\n');
            }
        }
        text.ToString().ShouldBeApproved("MigrationGuard.Tests/Databases/Approved/filters.sql");
    }

    [Fact]
    public void What_a_column_cannot_hold_or_be_picked_by_is_a_problem_that_repeats_no_value()
    {
        foreach (var dialect in Enum.GetValues<Provider>().Select(Dialect.For))
        {
            foreach (var filter in new ColumnFilter[] { new(State, ["1", "c4nary"]), new(State, ["1.0"]), new(IsOpen, ["c4nary"]), new(Name, ["c4nary\0"]), new(Owner, ["c4nary"]), new(Closed, ["c4nary"]), new(Closed, [null]) })
            {
                dialect.ProblemOf(filter).ShouldNotBeNull().ShouldNotContain("c4nary");
                Should.Throw<ArgumentException>(() => dialect.PhraseFilters([filter]));
            }
            dialect.ProblemOf(new ColumnFilter(Owner, ["01234567-89ab-cdef-0123-456789abcdef"])).ShouldBe(
                dialect.EnforcesTypes ? null : "rows cannot be picked by owner, whose type is uuid: name a column of whole numbers, of true and false, of text, or of UUIDs where the engine has them.");
            dialect.PhraseFilters([]).ShouldBeNull();
            Should.Throw<ArgumentException>(() => dialect.PhraseFilters([new ColumnFilter(State, [])]));
        }
    }
}
