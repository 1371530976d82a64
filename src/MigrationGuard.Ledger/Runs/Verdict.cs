using System.Text.Json.Serialization;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Ledger.Runs;

/// <summary>What a run comes to.</summary>
public enum Verdict
{
    /// <summary>Something was not checked, or not everything was to be: neither a yes nor a no.</summary>
    [JsonStringEnumMemberName("INCOMPLETE")]
    Incomplete,

    /// <summary>Full scope, every source table covered or excluded with a reason, everything the same or accepted.</summary>
    [JsonStringEnumMemberName("GO")]
    Go,

    /// <summary>At least one mismatch.</summary>
    [JsonStringEnumMemberName("NO-GO")]
    NoGo,
}

/// <summary>Whether a run was to check all that is configured.</summary>
public enum Scope
{
    [JsonStringEnumMemberName("full")]
    Full,

    /// <summary>Limited by options to a part of what is configured; never GO.</summary>
    [JsonStringEnumMemberName("partial")]
    Partial,
}

/// <summary>The rules of the verdict, in one place.</summary>
public static class Verdicts
{
    /// <summary>The verdict over these results.</summary>
    /// <remarks>
    /// A mismatch is NO-GO whatever else was not looked at. GO speaks for the whole comparison, so it needs all of it;
    /// and nothing checked is never a pass.
    /// </remarks>
    public static Verdict Of(IReadOnlyCollection<CheckResult> results, Scope scope, int uncoveredTables, bool interrupted = false)
    {
        if (results.Any(result => result.Outcome is CheckOutcome.Mismatch))
            return Verdict.NoGo;
        var everythingChecked = results.Count > 0 && results.All(result => result.Outcome is CheckOutcome.Match or CheckOutcome.Accepted);
        return everythingChecked && scope == Scope.Full && uncoveredTables == 0 && !interrupted ? Verdict.Go : Verdict.Incomplete;
    }

    /// <summary>The verdict as the contract spells it.</summary>
    public static string Spelt(this Verdict verdict) => verdict switch
    {
        Verdict.Go => "GO",
        Verdict.NoGo => "NO-GO",
        _ => "INCOMPLETE",
    };
}
