using MigrationGuard.Configuration;
using MigrationGuard.Evidence;
using MigrationGuard.Ledger.Checkpoints;

namespace MigrationGuard.Anchors;

/// <summary>What holding a chain against checkpoints kept outside the store came to.</summary>
/// <param name="Held">The checkpoints that the chain was held against and extends, with the places they are kept in.</param>
/// <param name="Findings">What they show, or what is wrong with them.</param>
/// <param name="NotHeld">Where the chain could not be held against anything, and why, a sentence each.</param>
internal sealed record CheckpointOutcome(IReadOnlyList<(string Place, Checkpoint Checkpoint)> Held, IReadOnlyList<CheckpointFinding> Findings, IReadOnlyList<string> NotHeld);

/// <summary>The checkpoints that a chain is to be held against, read before the chain is: what is written meanwhile makes it longer, never shorter.</summary>
internal sealed class CheckpointComparison
{
    private const string ByHandPlace = "file given";

    private readonly List<AnchorReading> _readings = [];
    private readonly List<string> _notHeld = [];
    private SignedCheckpoint? _byHand;
    private bool _isByHandTrusted;

    private CheckpointComparison() { }

    /// <summary>The sizes at which the chain's root is wanted.</summary>
    public IReadOnlyCollection<long> Sizes =>
        [.. _readings.Select(reading => reading.Newest).Append(_byHand).OfType<SignedCheckpoint>().Select(checkpoint => checkpoint.Checkpoint.Size)];

    /// <summary>Reads what can be reached; what cannot is in the outcome.</summary>
    /// <param name="byHand">A checkpoint that somebody kept; null for none.</param>
    public static async Task<CheckpointComparison> ReadAsync(LoadedConfiguration configuration, ProgramContext context, SignedCheckpoint? byHand, CancellationToken cancellationToken)
    {
        var comparison = new CheckpointComparison { _byHand = byHand };
        try
        {
            var anchors = CheckpointAnchors.Of(configuration.Options.Checkpoints, configuration.Directory);
            if (anchors.Count > 0 || byHand is not null)
            {
                using var signers = await CheckpointSigners.ToVerifyAsync(configuration, context, cancellationToken);
                comparison._isByHandTrusted = byHand is not null && signers.Trust(byHand);
                foreach (var anchor in anchors)
                    await comparison.ReadAsync(anchor, signers, cancellationToken);
            }
        }
        catch (Exception e) when (e is AnchorException or ConfigurationException or EvidenceException)
        {
            comparison._notHeld.Add(e.Message);
        }
        return comparison;
    }

    /// <param name="chain">The chain, with its roots at <see cref="Sizes"/>.</param>
    /// <param name="written">The checkpoints that the chain says were written.</param>
    public CheckpointOutcome Against(ChainTree chain, IReadOnlyList<WrittenCheckpoint> written)
    {
        var largest = WrittenCheckpoint.Largest(written);
        var findings = new List<CheckpointFinding>();
        var held = new List<(string, Checkpoint)>();
        foreach (var reading in _readings)
        {
            findings.AddRange(reading.Against(chain, largest.TryGetValue(reading.Anchor.Place, out var size) ? size : null));
            if (reading.Newest is { } newest && CheckpointFinding.Against(reading.Anchor.Place, newest.Checkpoint, chain) is null)
                held.Add((reading.Anchor.Place, newest.Checkpoint));
        }
        if (_byHand is { } byHand)
        {
            var problem = CheckpointFinding.Against(ByHandPlace, byHand.Checkpoint, chain);
            // Where there is no certificate to check it with, that is said already.
            var unsigned = _isByHandTrusted || _notHeld.Count > 0 ? null : CheckpointFinding.Unsigned(ByHandPlace, byHand);
            findings.AddRange(new[] { unsigned, problem }.OfType<CheckpointFinding>());
            if (problem is null && unsigned is null)
                held.Add((ByHandPlace, byHand.Checkpoint));
        }
        return new CheckpointOutcome(held, findings, _notHeld);
    }

    private async Task ReadAsync(ICheckpointAnchor anchor, CheckpointSigners signers, CancellationToken cancellationToken)
    {
        try
        {
            var reading = await AnchorReading.OfAsync(anchor, signers, cancellationToken);
            _readings.Add(reading);
            if (reading.Newest is null && reading.Findings.Count == 0)
                _notHeld.Add($"There is no checkpoint in the {anchor.Place} yet; the worker writes them.");
        }
        catch (AnchorException e)
        {
            _notHeld.Add(e.Message);
        }
    }
}
