using System.Text.RegularExpressions;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Evidence.Reports.Results;

/// <summary>One thing that a check measured, on both sides, as a reader sees it.</summary>
internal sealed partial record Measurement(string Name, string Source, string Target, string Difference)
{
    private const string NotMeasured = "not measured";

    /// <summary>All that a check measured, in the order in which it did.</summary>
    public static IReadOnlyList<Measurement> Of(CheckResult result)
    {
        var names = (result.Source?.Keys ?? []).Union(result.Target?.Keys ?? []);
        return [.. names.Select(name => Of(name, result.Source?.GetValueOrDefault(name), result.Target?.GetValueOrDefault(name)))];
    }

    private static Measurement Of(string name, Scalar? source, Scalar? target) => new(
        Label(name),
        source is null ? NotMeasured : Figures.Measured(source),
        target is null ? NotMeasured : Figures.Measured(target),
        Figures.Difference(source, target));

    private static string Label(string name) => name switch
    {
        "newestCreatedOn" => "Newest created",
        "newestModifiedOn" => "Newest modified",
        "" => "",
        _ => char.ToUpperInvariant(name[0]) + WordStart().Replace(name[1..], word => " " + word.Value.ToLowerInvariant()),
    };

    [GeneratedRegex("[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex WordStart();
}
