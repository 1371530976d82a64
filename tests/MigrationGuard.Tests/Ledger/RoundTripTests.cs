using System.Collections;
using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Tests.Ledger;

/// <summary>What is written as JSON is read back the same, whatever it holds.</summary>
public sealed class RoundTripTests
{
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Elements("", " ", "contact", "Zoë", "🙂", "\0", "\"\\/", "line\r\nline", "<b>&amp;</b>", "\u2028", "null", "2026-03-01"),
        // Half a surrogate pair is not text: JSON writers put U+FFFD in its place.
        ArbMap.Default.GeneratorFor<string>().Select(text => string.Concat((text ?? "").Where(c => !char.IsSurrogate(c)))));

    private static readonly Gen<Scalar> Scalars = Gen.OneOf(
        Gen.Constant(Scalar.Null),
        Gen.Elements(new Scalar(true), new Scalar(false)),
        ArbMap.Default.GeneratorFor<long>().Select(number => new Scalar(number)),
        Gen.Elements(new Scalar(long.MaxValue), new Scalar(long.MinValue), new Scalar(decimal.MaxValue), new Scalar(0.1m), new Scalar(1.50m), new Scalar(-7.0m)),
        ArbMap.Default.GeneratorFor<decimal>().Select(number => new Scalar(number)),
        Text.Select(text => new Scalar(text)));

    private static readonly Gen<Finding> Findings =
        from kind in Gen.Elements(FindingKinds.All.ToArray())
        from count in OrNull(ArbMap.Default.GeneratorFor<long>().Select(number => (long?)number))
        from columns in OrNull(ListOf(Text))
        from @group in OrNull(ListOf(Scalars))
        from source in OrNull(Scalars.Where(value => !value.IsNull))
        from target in OrNull(Scalars.Where(value => !value.IsNull))
        from detail in OrNull(Text)
        select new Finding(kind, count, columns, @group, source, target, detail);

    private static readonly Gen<CheckOutcome> Outcomes = Gen.OneOf<CheckOutcome>(
        Gen.Constant<CheckOutcome>(new CheckOutcome.Match()),
        ListOf(Findings).Where(findings => findings.Count > 0).Select(CheckOutcome (findings) => new CheckOutcome.Mismatch(findings)),
        from findings in ListOf(Findings)
        where findings.Count > 0
        from because in Text
        select (CheckOutcome)new CheckOutcome.Accepted(findings, because),
        Text.Select(CheckOutcome (reason) => new CheckOutcome.NotChecked(reason)));

    private static readonly Gen<IReadOnlyDictionary<string, Scalar>?> Measured = OrNull(
        ListOf(Text).SelectMany(names => ListOf(Scalars).Select(IReadOnlyDictionary<string, Scalar> (values) =>
            names.Distinct().Zip(values).ToDictionary(pair => pair.First, pair => pair.Second))));

    private static readonly Gen<GroupCount> GroupCounts =
        from @group in ListOf(Scalars)
        from source in ArbMap.Default.GeneratorFor<long>()
        from target in ArbMap.Default.GeneratorFor<long>()
        select new GroupCount(@group, source, target);

    private static readonly Gen<CheckResult> Results =
        from comparison in Text
        from entity in OrNull(Text)
        from check in Text
        from columns in OrNull(ListOf(Text))
        from outcome in Outcomes
        from source in Measured
        from target in Measured
        from breakdown in OrNull(ListOf(GroupCounts))
        from narrowed in ListOf(Text)
        from notes in ListOf(Text)
        from proves in OrNull(Text)
        from sourceSql in OrNull(Text)
        from targetSql in OrNull(Text)
        from milliseconds in Gen.Choose(0, 10_000_000)
        select new CheckResult
        {
            Comparison = comparison,
            Entity = entity,
            Check = check,
            By = columns,
            Outcome = outcome,
            Source = source,
            Target = target,
            Breakdown = breakdown,
            Narrowed = narrowed,
            Notes = notes,
            Proves = proves,
            SourceSql = sourceSql,
            TargetSql = targetSql,
            Seconds = milliseconds / 1000d,
        };

    private static readonly Gen<RunDocument> Documents =
        from run in Text
        from verdict in Gen.Elements(Enum.GetValues<Verdict>())
        from scope in Gen.Elements(Enum.GetValues<Scope>())
        from texts in Gen.ArrayOf(OrNull(Text), 8)
        from uncovered in ListOf(Text.Select(text => new TableRemark(text, text)))
        from excluded in ListOf(Text.Select(text => new TableRemark("crm", text, text)))
        from notConfigured in ListOf(Text)
        from ticks in Gen.Choose(0, int.MaxValue)
        from finished in OrNull(Gen.Choose(0, int.MaxValue).Select(later => (DateTimeOffset?)DateTimeOffset.UnixEpoch.AddTicks(later)))
        from servers in ListOf(Text.Select(text => new ServerRecord("crm", "source", text, text, text, text, texts[5], text)))
        from results in ListOf(Results)
        select new RunDocument
        {
            Run = run,
            Verdict = verdict,
            Scope = scope,
            LimitedTo = texts[0],
            Interrupted = texts[1],
            Label = texts[2],
            Tool = texts[3],
            Project = texts[4] is { } name ? new ProjectDescription(name, texts[6], texts[7]) : null,
            Uncovered = uncovered,
            Excluded = excluded,
            NotConfigured = notConfigured,
            Started = DateTimeOffset.UnixEpoch.AddTicks(ticks),
            Finished = finished,
            Servers = servers,
            Results = results,
        };

    [Fact]
    public void A_result_survives_being_written_and_read() => Holds(Results);

    [Fact]
    public void A_run_survives_being_written_and_read() => Holds(Documents);

    [Fact]
    public void A_scalar_survives_being_written_and_read() =>
        Prop.ForAll(Scalars.ToArbitrary(), scalar => Read<Scalar>(Write(scalar)) == scalar).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_kept_is_one_line() =>
        Prop.ForAll(Documents.ToArbitrary(), document => !Write(document).Contains('\n', StringComparison.Ordinal)).QuickCheckThrowOnFailure();

    private static void Holds<T>(Gen<T> values) => Prop.ForAll(values.ToArbitrary(), value =>
    {
        var json = Write(value);
        var read = Read<T>(json);
        // By members, so that one that is never written is missed; and by bytes, as these are what is hashed.
        Members(read).ShouldBe(Members(value));
        return Write(read) == json;
    }).QuickCheckThrowOnFailure();

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, LedgerJson.Compact);

    private static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, LedgerJson.Compact)!;

    /// <summary>Every public member, to the last leaf, whatever type of list holds it.</summary>
    private static string Members(object? value) => value switch
    {
        null => "∅",
        string text => "'" + text + "'",
        Scalar scalar => Write(scalar),
        IEnumerable items => "[" + string.Join(", ", items.Cast<object?>().Select(Members)) + "]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.GetType().Name + "{" + string.Join(", ", value.GetType().GetProperties().Select(member => member.Name + "=" + Members(member.GetValue(value)))) + "}",
    };

    private static Gen<IReadOnlyList<T>> ListOf<T>(Gen<T> values) =>
        Gen.Choose(0, 3).SelectMany(length => Gen.ArrayOf(values, length)).Select(IReadOnlyList<T> (items) => [.. items]);

    private static Gen<T?> OrNull<T>(Gen<T> values) => Gen.OneOf(Gen.Constant(default(T)), values.Select(T? (value) => value));
}
