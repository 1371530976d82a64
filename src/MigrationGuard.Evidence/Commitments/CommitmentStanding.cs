namespace MigrationGuard.Evidence.Commitments;

/// <summary>Where a commitment stands, as far as there is evidence.</summary>
public enum Standing
{
    /// <summary>Every proof that it asks for is there, good, and not too old.</summary>
    Kept,

    /// <summary>There is evidence that it was not kept.</summary>
    Breached,

    /// <summary>A proof is missing, could not be made, or is too old.</summary>
    Unproven,
}

/// <summary>A commitment and where it stands.</summary>
/// <param name="Commitment">What was promised, as the mapping has it.</param>
/// <param name="Because">Why, a sentence each: exceptions first.</param>
/// <param name="Proofs">What it rests on.</param>
public sealed record CommitmentStanding(Commitment Commitment, Standing Standing, IReadOnlyList<string> Because, IReadOnlyList<Proof> Proofs);

/// <summary>One piece of evidence for or against a commitment.</summary>
/// <param name="Asked">What the mapping asks for: <c>check:record-count</c>, <c>attestation:user-testing</c>.</param>
/// <param name="Standing">What this piece alone says.</param>
/// <param name="Sentence">What it says, for a reader.</param>
/// <param name="File">The pack's file that shows it, relative to the pack's root; null where there is none.</param>
/// <param name="Run">The run it comes from; null where it comes from none.</param>
/// <param name="At">When it was found; null where it was not.</param>
public sealed record Proof(string Asked, Standing Standing, string Sentence, string? File, string? Run, DateTimeOffset? At);
