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

    private const int MostPromises = 3;

    /// <summary>Where each commitment of a mapping stands, in its order.</summary>
    /// <param name="content">All that there is to weigh by.</param>
    /// <param name="packed">What the pack carries, whose files are named; the same when null.</param>
    public static IReadOnlyList<CommitmentStanding> Of(EvidenceContent content, CommitmentMapping mapping, EvidenceContent? packed = null)
    {
        var (history, files) = (new ResultHistory(content.Runs), new PackedFiles(packed ?? content));
        var (results, records) = (new ResultProof(history, content, files), new RecordProof(history, content, files));
        return
        [
            .. mapping.Commitments.Select(commitment => Of(
                commitment, asked => [.. Of(asked, results, records, new Freshness(content.AsOf, commitment.GoodForDays)).Select(proof => Held(proof, content))])),
        ];
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

    // What the ledger says is worth what the ledger is worth.
    private static WeighedProof Held(WeighedProof weighed, EvidenceContent content)
    {
        var proof = weighed.Proof;
        if (proof.Standing != Standing.Kept)
            return weighed;
        if (!content.Chain.Intact)
            return WeighedProof.Unproven(proof.Asked, $"{proof.Sentence} But the ledger that says so does not hold.", proof.File, proof.Run, proof.At);
        return proof.Run is { } run && content.UnprovenRuns.Contains(run)
            ? WeighedProof.Unproven(proof.Asked, $"{proof.Sentence} But what that run ended with has been erased from the ledger, so that nothing holds its results.", proof.File, run, proof.At)
            : weighed;
    }

    private static CommitmentStanding Of(Commitment commitment, Func<string, IReadOnlyList<WeighedProof>> weigh)
    {
        var weighed = commitment.Proofs.Distinct(StringComparer.Ordinal)
            .SelectMany(weigh)
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
                : $"{Figures.Count(good.Count)} results of {plain.Key} are {good[0].Together}, the last of {Figures.Moment(good.Max(proof => proof.Proof.At ?? default))}.{Promised(good)}");
        }
        return sentences;
    }

    // A commitment's name says what it should be, its proof what was looked at.
    private static string Promised(IEnumerable<WeighedProof> good)
    {
        var promises = good.Select(proof => proof.Promised).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return string.Concat(promises.Take(MostPromises).Select(ResultProof.WhatWasPromised)) + (promises.Count > MostPromises ? $" And {Figures.Count(promises.Count - MostPromises)} more." : "");
    }

    private static int Rank(Standing standing) => standing switch
    {
        Standing.Breached => 0,
        Standing.Unproven => 1,
        _ => 2,
    };
}
