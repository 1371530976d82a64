using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.EntityBreakdowns;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Tests.Verification;

/// <summary>One group has one label, whatever types the two sides keep it in.</summary>
public sealed class GroupLabelTests
{
    private static readonly CanonicalType Whole = new(CanonicalKind.Integer);
    private static readonly CanonicalType Exact = new(CanonicalKind.Decimal, Precision: 38, Scale: 4);
    private static readonly CanonicalType Float = new(CanonicalKind.Float);
    private static readonly CanonicalType Flag = new(CanonicalKind.Boolean);
    private static readonly CanonicalType Text = new(CanonicalKind.Text);
    private static readonly CanonicalType Padded = new(CanonicalKind.PaddedText, Length: 5);
    private static readonly CanonicalType Uuid = new(CanonicalKind.Uuid);
    private static readonly CanonicalType Date = new(CanonicalKind.Date, Resolution: TimeResolution.Day);
    private static readonly CanonicalType Clock = new(CanonicalKind.Timestamp, Resolution: TimeResolution.Microsecond);
    private static readonly CanonicalType Instant = new(CanonicalKind.TimestampWithZone, Resolution: TimeResolution.Microsecond);

    [Fact]
    public void A_truth_value_and_a_number_meet_as_numbers()
    {
        var label = Label(Flag, Whole);
        label.Of(CanonicalValue.From(true)).ShouldBe(label.Of(CanonicalValue.From(1)));
        label.Of(CanonicalValue.From(false)).ShouldBe(label.Of(CanonicalValue.From(0)));
        label.Of(CanonicalValue.From(true)).ShouldNotBe(label.Of(CanonicalValue.From(2)));
    }

    [Fact]
    public void Truth_values_stay_truth_values_also_where_SQLite_keeps_them_as_numbers()
    {
        var label = Label(Flag, Flag);
        label.Of(CanonicalValue.From(1L)).ShouldBe(new Scalar(true));
        label.Of(CanonicalValue.From(false)).ShouldBe(new Scalar(false));
        label.Of(CanonicalValue.From(2L)).ShouldBe(new Scalar(2L));
    }

    [Fact]
    public void A_decimal_and_a_float_of_one_number_are_one_group()
    {
        var label = Label(Exact, Float);
        label.Of(CanonicalValue.FromDigits("0.1000")).ShouldBe(label.Of(CanonicalValue.From(0.1)));
        label.Of(CanonicalValue.FromDigits("3.0")).ShouldBe(label.Of(CanonicalValue.From(3.0)));
        label.Of(CanonicalValue.From(0.1)).ShouldNotBe(label.Of(CanonicalValue.From(0.1 + 1e-15)));
    }

    [Fact]
    public void Numbers_of_thirty_eight_digits_keep_their_last()
    {
        var label = Label(Exact, Exact);
        var digits = new string('7', 33);
        label.Of(CanonicalValue.FromDigits(digits + ".1000")).ShouldBe(label.Of(CanonicalValue.FromDigits(digits + ".1")));
        label.Of(CanonicalValue.FromDigits(digits + ".1001")).ShouldNotBe(label.Of(CanonicalValue.FromDigits(digits + ".1")));
    }

    [Fact]
    public void Padding_is_left_out_and_recorded()
    {
        var label = Label(Padded, Text);
        label.Of(CanonicalValue.From("ab   ")).ShouldBe(label.Of(CanonicalValue.From("ab")));
        label.Of(CanonicalValue.From(" ab")).ShouldNotBe(label.Of(CanonicalValue.From("ab")));
        label.Narrowing.ShouldBe("state: trailing spaces are left out, as the source pads to a fixed length");
        Label(Text, Padded).Narrowing!.ShouldContain("the target pads");
        Label(Padded, Padded).Narrowing!.ShouldContain("both sides pad");
    }

    [Fact]
    public void Text_without_padding_keeps_every_space_and_narrows_nothing()
    {
        var label = Label(Text, Text);
        label.Of(CanonicalValue.From("ab ")).ShouldNotBe(label.Of(CanonicalValue.From("ab")));
        label.Narrowing.ShouldBeNull();
    }

    [Fact]
    public void A_uuid_in_text_is_that_uuid()
    {
        var uuid = Guid.Parse("0a1b2c3d-0000-4000-8000-00000000000f");
        foreach (var label in new[] { Label(Uuid, Text), Label(Padded, Uuid), Label(Uuid, Uuid) })
        {
            label.Of(CanonicalValue.From(uuid)).ShouldBe(label.Of(CanonicalValue.From("0A1B2C3D-0000-4000-8000-00000000000F")));
            label.Of(CanonicalValue.From(uuid)).ShouldNotBe(label.Of(CanonicalValue.From("0A1B2C3D-0000-4000-8000-00000000000E")));
            label.Of(CanonicalValue.From(uuid)).ShouldNotBe(label.Of(CanonicalValue.From("\t0A1B2C3D-0000-4000-8000-00000000000F")));
            label.Of(CanonicalValue.From(uuid)).ShouldNotBe(label.Of(CanonicalValue.From("(0A1B2C3D-0000-4000-8000-00000000000F)")));
            label.Of(CanonicalValue.From("none")).ShouldBe(new Scalar("none"));
        }
    }

    [Fact]
    public void Moments_are_grouped_by_the_coarser_step_and_that_is_recorded()
    {
        var label = Label(Clock, Date);
        MomentText.TryRead("2025-01-02 23:59:59.999999", out var clock).ShouldBeTrue();
        label.Of(new CanonicalValue.Moment(clock)).ShouldBe(label.Of(CanonicalValue.From(new DateOnly(2025, 1, 2))));
        label.Narrowing.ShouldBe("state: grouped by 1 day, the coarser of the two sides' steps");
        Label(Clock, Clock).Narrowing.ShouldBeNull();
    }

    [Fact]
    public void NULL_is_a_group_apart_from_every_value()
    {
        var label = Label(Text, Text);
        label.Of(CanonicalValue.From(null)).ShouldBe(Scalar.Null);
        label.Of(CanonicalValue.From("NULL")).ShouldNotBe(Scalar.Null);
        label.Of(CanonicalValue.From("")).ShouldNotBe(Scalar.Null);
    }

    public static TheoryData<string, CanonicalType, CanonicalType> Incomparable => new()
    {
        { "text and numbers", Text, Whole },
        { "a reading and a moment", Clock, Instant },
        { "bytes and text", new(CanonicalKind.Binary), Text },
        { "a uuid and a number", Uuid, Whole },
        { "a date and a number", Date, Whole },
        { "truth and text", Flag, Text },
        { "a type nobody knows", new(CanonicalKind.Unknown), new(CanonicalKind.Unknown) },
    };

    [Theory, MemberData(nameof(Incomparable))]
    public void Types_without_values_in_common_make_the_check_impossible_not_a_match(string types, CanonicalType source, CanonicalType target)
    {
        foreach (var pair in new[] { Pair(source, target), Pair(target, source) })
        {
            GroupLabel.For(pair).ShouldBeNull(types);
            new EntityBreakdownCheck([pair], 10, 10, null).Impossible.ShouldNotBeNull().ShouldContain("no values in common");
        }
    }

    [Fact]
    public void A_column_without_a_declared_type_is_compared_by_what_each_value_is() =>
        new EntityBreakdownCheck([Pair(new(CanonicalKind.Untyped), Whole)], 10, 10, null).Impossible.ShouldBeNull();

    private static GroupLabel Label(CanonicalType source, CanonicalType target) => GroupLabel.For(Pair(source, target)).ShouldNotBeNull();

    private static ColumnPair Pair(CanonicalType source, CanonicalType target) =>
        new("state", new Column("state", source.Kind.ToString(), source, true, null), new Column("state", target.Kind.ToString(), target, true, null));
}
