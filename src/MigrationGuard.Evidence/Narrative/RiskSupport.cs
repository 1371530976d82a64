using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>Whether evidence supports the score that the assessment expects of a risk.</summary>
/// <param name="IsSupported">Whether all that the score rests on is kept, and there is something that it rests on.</param>
/// <param name="Because">Why, in a sentence.</param>
public sealed record RiskSupport(Risk Risk, bool IsSupported, string Because)
{
    /// <summary>The likelihood on ArcKit's scale of thirds; a probability that lies across two of them is the higher.</summary>
    public string ArcKitLikelihood => Risk.Probability switch
    {
        <= 2 => "Low",
        3 => "Medium",
        _ => "High",
    };

    /// <summary>The severity on ArcKit's scale of four.</summary>
    public string ArcKitSeverity => Risk.Impact switch
    {
        <= 2 => "Low",
        3 => "Medium",
        4 => "High",
        _ => "Very High",
    };

    /// <summary>The level by ArcKit's matrix.</summary>
    public string ArcKitLevel => (ArcKitLikelihood, ArcKitSeverity) switch
    {
        ("Low", "Low" or "Medium") or ("Medium", "Low") => "LOW",
        ("Low", "High") or ("Medium", "Medium") or ("High", "Low") => "MEDIUM",
        ("Low", _) or ("Medium", "High") or ("High", "Medium") => "HIGH",
        _ => "VERY HIGH",
    };

    /// <summary>A score from 1 to 5 in the words of the assessment's criteria.</summary>
    public static string Word(int score) => score switch
    {
        1 => "Very low",
        2 => "Low",
        3 => "Medium",
        4 => "High",
        _ => "Very high",
    };

    public static IReadOnlyList<RiskSupport> Of(EvidenceContent content)
    {
        var standings = content.Commitments.ToDictionary(standing => standing.Commitment.Id, StringComparer.OrdinalIgnoreCase);
        return [.. content.Mapping.Risks.Select(risk => Of(risk, [.. risk.RestsOn.Select(id => standings.GetValueOrDefault(id)).OfType<CommitmentStanding>()]))];
    }

    private static RiskSupport Of(Risk risk, IReadOnlyList<CommitmentStanding> restsOn)
    {
        if (restsOn.Count == 0 || restsOn.Count < risk.RestsOn.Count)
            return new RiskSupport(risk, IsSupported: false, restsOn.Count == 0 ? "Nothing that the ledger holds bears on it." : "What it rests on is not all in this evidence.");
        var open = restsOn.Where(standing => standing.Standing != Standing.Kept).ToList();
        return open.Count == 0
            ? new RiskSupport(risk, IsSupported: true, $"All that it rests on is kept ({string.Join(", ", risk.RestsOn)}).")
            : new RiskSupport(risk, IsSupported: false, $"It rests on {CommitmentTotals.Of(restsOn).InShort}. Not kept: {string.Join(", ", open.Select(standing => standing.Commitment.Id))}.");
    }
}
