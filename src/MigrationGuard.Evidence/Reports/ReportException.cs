namespace MigrationGuard.Evidence.Reports;

/// <summary>A report could not be written: where, what went wrong, what to do about it.</summary>
public sealed class ReportException(string place, string problem, string remedy, Exception? cause = null)
    : Exception($"{place}: {problem} {remedy}", cause)
{
    /// <summary>The file or directory concerned.</summary>
    public string Place { get; } = place;

    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}
