namespace MigrationGuard.Decommissioning.Partners;

/// <summary>What a finished run says of a comparison that a partner relies on.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Comparison">The comparison's name.</param>
/// <param name="Found">When the run finished.</param>
/// <param name="Checked">What was looked at, each named as <paramref name="Mismatching"/> names it.</param>
/// <param name="Mismatching">What differed, with a sentence each that shows no values.</param>
/// <param name="Rows">Rows that differ; null where no check counts them.</param>
/// <param name="RowsOf">Rows that differ in some of them.</param>
public sealed record Mismatches(
    string Run, string Comparison, DateTimeOffset Found, IReadOnlyList<string> Checked, IReadOnlyDictionary<string, string> Mismatching, long? Rows,
    Func<IReadOnlyCollection<string>, long?> RowsOf);

/// <summary>Whom a mismatch of a comparison concerns.</summary>
/// <param name="Name">The partner.</param>
/// <param name="Contact">Whom to tell there, and how.</param>
/// <param name="OwnerRole">The role that tells the partner.</param>
/// <param name="EscalateTo">The role that hears of it when nobody has.</param>
/// <param name="TellWithin">From the end of the run that found it.</param>
public sealed record Partner(string Name, string Contact, string OwnerRole, string EscalateTo, TimeSpan TellWithin);
