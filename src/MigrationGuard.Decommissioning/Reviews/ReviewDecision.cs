namespace MigrationGuard.Decommissioning.Reviews;

/// <summary>What a deletion review comes to.</summary>
public enum ReviewDecision
{
    /// <summary>The asset is still needed.</summary>
    Keep,

    /// <summary>It is to be destroyed. Reviews go on until it has been.</summary>
    Destroy,

    /// <summary>It must not be destroyed, as a claim or an inquiry needs it.</summary>
    Hold,
}

/// <summary>The decisions as the ledger spells them, for ever.</summary>
public static class ReviewDecisions
{
    public static string Spelt(this ReviewDecision decision) => decision switch
    {
        ReviewDecision.Keep => "keep",
        ReviewDecision.Destroy => "destroy",
        ReviewDecision.Hold => "hold",
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "No such decision."),
    };

    /// <summary>Whether the last decision that was no hold was to destroy.</summary>
    /// <remarks>To keep it all the same takes whoever may keep beyond the limit: a destroy in between must not begin a new row of keeps.</remarks>
    public static bool IsToBeDestroyed(IEnumerable<string?> outcomes) => outcomes.LastOrDefault(outcome => outcome is "keep" or "destroy") == "destroy";

    /// <summary>How many decisions to keep stand in a row at the end of these outcomes.</summary>
    /// <param name="outcomes">Outcomes of reviews, the oldest first; null for one that is open.</param>
    /// <remarks>
    /// Only a decision to destroy ends a row. A hold neither counts nor ends it: otherwise a hold between two keeps would be the way
    /// around the Information Asset Owner.
    /// </remarks>
    public static int KeepsInARow(IEnumerable<string?> outcomes)
    {
        var keeps = 0;
        foreach (var outcome in outcomes)
        {
            keeps = outcome switch
            {
                "keep" => keeps + 1,
                "destroy" => 0,
                _ => keeps,
            };
        }
        return keeps;
    }
}
