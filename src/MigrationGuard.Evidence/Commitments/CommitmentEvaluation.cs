using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Reports;

namespace MigrationGuard.Evidence.Commitments;

/// <summary>Where commitments stand, by the evidence.</summary>
/// <remarks>
/// A commitment rests on its weakest proof: one that shows it was not kept makes it breached, one that is missing, could not be made, is too
/// old or of a part only makes it unproven, and it is kept when neither is there. Without any proof it is unproven: what nobody looked at is
/// never kept.
/// </remarks>
public static class CommitmentEvaluation
{
    private const int MostSentences = 5;

    /// <summary>Where each commitment of a mapping stands, in its order.</summary>
    public static IReadOnlyList<CommitmentStanding> Of(EvidenceContent content, CommitmentMapping mapping)
    {
        var history = new ResultHistory(content.Runs);
        var (results, records) = (new ResultProof(history, content), new RecordProof(history, content));
        return [.. mapping.Commitments.Select(commitment => Of(commitment, results, records, new Freshness(content.AsOf, commitment.GoodForDays)))];
    }

    /// <summary>The content with its mapping and where its commitments stand.</summary>
    public static EvidenceContent Evaluated(this EvidenceContent content, CommitmentMapping mapping) =>
        content with { Mapping = mapping, Commitments = Of(content, mapping) };

    /// <summary>What several proofs come to together.</summary>
    public static Standing Weakest(IReadOnlyCollection<Proof> proofs)
    {
        if (proofs.Any(proof => proof.Standing == Standing.Breached))
            return Standing.Breached;
        return proofs.Count > 0 && proofs.All(proof => proof.Standing == Standing.Kept) ? Standing.Kept : Standing.Unproven;
    }

    private static CommitmentStanding Of(Commitment commitment, ResultProof results, RecordProof records, Freshness freshness)
    {
        var weighed = commitment.Proofs.Distinct(StringComparer.Ordinal)
            .SelectMany(asked => Of(asked, results, records, freshness))
            .OrderBy(proof => Rank(proof.Proof.Standing))
            .ToList();
        List<Proof> proofs = [.. weighed.Select(proof => proof.Proof)];
        return new CommitmentStanding(commitment, Weakest(proofs), Because(weighed), proofs);
    }

    private static IReadOnlyList<WeighedProof> Of(string asked, ResultProof results, RecordProof records, Freshness freshness) => ProofRequest.Parse(asked) switch
    {
        ProofRequest.OfCheck check => results.Of(check, freshness),
        ProofRequest.OfVerdict verdict => [records.Of(verdict, freshness)],
        ProofRequest.OfQualification qualification => [records.Of(qualification, freshness)],
        ProofRequest.OfChain chain => [records.Of(chain)],
        ProofRequest.OfAttestation attestation => records.Of(attestation, freshness),
        ProofRequest.OfDuty duty => records.Of(duty, freshness),
        ProofRequest.OfAsset asset => records.Of(asset),
        ProofRequest.NotVisible notVisible => [RecordProof.Of(notVisible)],
        _ => [WeighedProof.Unproven(asked, $"'{asked}' is no proof that there is.")],
    };

    private static List<string> Because(IReadOnlyList<WeighedProof> weighed)
    {
        if (weighed.Count == 0)
            return ["The mapping names no proof of it."];
        var sentences = new List<string>();
        foreach (var alike in weighed.Where(proof => proof.IsNotable).GroupBy(proof => (proof.Proof.Standing, proof.Proof.Asked)))
        {
            sentences.AddRange(alike.Take(MostSentences).Select(proof => proof.Proof.Sentence));
            if (alike.Count() > MostSentences)
                sentences.Add($"And {Figures.Count(alike.Count() - MostSentences)} more by {alike.Key.Asked}.");
        }
        foreach (var plain in weighed.Where(proof => !proof.IsNotable).GroupBy(proof => proof.Proof.Asked))
        {
            var good = plain.ToList();
            sentences.Add(good.Count == 1
                ? good[0].Proof.Sentence
                : $"{Figures.Count(good.Count)} results of {plain.Key} are the same on both sides, the last of {Figures.Moment(good.Max(proof => proof.Proof.At ?? default))}.");
        }
        return sentences;
    }

    private static int Rank(Standing standing) => standing switch
    {
        Standing.Breached => 0,
        Standing.Unproven => 1,
        _ => 2,
    };
}
