using System.Text.RegularExpressions;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Evidence.Reports.Results;

/// <summary>One thing that a check measured, on both sides, as a reader sees it.</summary>
internal sealed partial record Measurement(string Name, string Source, string Target, string Difference)
{
    private const string NotMeasured = "not measured";

    // Measured, and there was nothing to give: no row, no back-up, no moment.
    private const string None = "none";

    // Enough to see that two digests are not the same; the whole ones stand in the table.
    private const int ShortDigest = 12;

    /// <summary>All that a check measured, in the order in which it did.</summary>
    public static IReadOnlyList<Measurement> Of(CheckResult result)
    {
        var names = (result.Source?.Keys ?? []).Union(result.Target?.Keys ?? []);
        return [.. names.Select(name => Of(name, result.Source?.GetValueOrDefault(name), result.Target?.GetValueOrDefault(name)))];
    }

    /// <summary>Both sides in few words.</summary>
    public string InShort => Source == Target ? $"{Name}: {Short(Source)}" : $"{Name}: {Short(Source)} / {Short(Target)}";

    /// <summary>What was found, where there is no second side.</summary>
    public string OneSideInShort => $"{Name}: {OneSide}";

    /// <summary>The value of the side that was measured, where there is only one.</summary>
    public string OneSide => Source == NotMeasured ? Target : Source;

    private string Short(string value) => Name == Label(CheckNames.Fingerprint) && value.Length > ShortDigest ? value[..ShortDigest] + "\u2026" : value;

    private static Measurement Of(string name, Scalar? source, Scalar? target) => new(
        Label(name),
        Spelt(source),
        Spelt(target),
        Figures.Difference(source, target));

    private static string Spelt(Scalar? value) => value switch
    {
        null => NotMeasured,
        { IsNull: true } => None,
        _ => Figures.Measured(value),
    };

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
