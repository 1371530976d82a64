using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Retention.Records;

/// <summary>What looking at records of one code came to, while it is put together.</summary>
/// <param name="check">The check's name, by which a commitment asks for it.</param>
/// <param name="entity">The entity's name; null where no entity covers the code.</param>
/// <param name="promise">The promise in words.</param>
internal sealed class RecordPromise(string check, string? entity, string promise) : KeptPromise
{
    private readonly List<Finding> _findings = [];

    /// <summary>What was measured of the records that the promise is about.</summary>
    public Dictionary<string, Scalar> Measured { get; } = [];

    /// <summary>Whether what was measured is of the frozen copy, and not of the live database.</summary>
    public bool IsOfFrozen { get; init; }

    /// <summary>A digest of which records were looked at, and how exactly; null where none were.</summary>
    public string? Extent { get; init; }

    /// <summary>The statement that read the frozen copy.</summary>
    public string? SourceSql { get; set; }

    /// <summary>The statement that read the live database.</summary>
    public string? TargetSql { get; set; }

    /// <summary>Adds a finding of records, unless there are none.</summary>
    public void Find(string kind, long count, string detail)
    {
        if (count > 0)
            _findings.Add(new Finding(kind, Count: count, Detail: detail));
    }

    /// <summary>The result.</summary>
    public CheckResult Result(double seconds) => Result(RecordVerification.Comparison, entity, check, _findings) with
    {
        Source = IsOfFrozen && Measured.Count > 0 ? Measured : null,
        Target = !IsOfFrozen && Measured.Count > 0 ? Measured : null,
        Extent = Extent,
        Proves = promise,
        SourceSql = SourceSql,
        TargetSql = TargetSql,
        Seconds = seconds,
    };
}
