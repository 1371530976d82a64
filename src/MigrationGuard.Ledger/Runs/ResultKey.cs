using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Ledger.Runs;

/// <summary>What a result is of: the same in every run that makes the check.</summary>
/// <remarks>Names are compared as configurations are read: without regard to case.</remarks>
public sealed record ResultKey
{
    private readonly string _text;

    /// <param name="by">The columns broken down by; null for other checks.</param>
    public ResultKey(string comparison, string? entity, string check, IReadOnlyList<string>? by) =>
        _text = string.Join('\0', [comparison, entity, check, .. by ?? []]).ToUpperInvariant();

    public static ResultKey Of(CheckResult result) => new(result.Comparison, result.Entity, result.Check, result.By);

    public override string ToString() => _text;
}
