using System.Security.Cryptography;
using System.Text;

namespace MigrationGuard.Ledger.Checkpoints;

/// <summary>Something that a checkpoint kept outside the store shows, or that is wrong with it.</summary>
/// <param name="Id">The same however often the same thing is found: somebody is told of it once.</param>
/// <param name="Place">Where the checkpoint is kept, as messages name it.</param>
/// <param name="Problem">What is wrong, a sentence.</param>
/// <param name="IsOfChain">Whether the chain is not what was signed, or is none. Another checkpoint of it would only hide that.</param>
public sealed record CheckpointFinding(string Id, string Place, string Problem, bool IsOfChain)
{
    private const int IdDigits = 16;

    /// <summary>Holds a checkpoint, whose signature has been checked, against the chain.</summary>
    /// <param name="chain">The chain, with its root at the checkpoint's size.</param>
    /// <returns>Null for a chain that extends it.</returns>
    public static CheckpointFinding? Against(string place, Checkpoint checkpoint, ChainTree chain)
    {
        CheckpointFinding OfChain(string kind, string problem) => Of(kind, place, checkpoint.Text, problem, isOfChain: true);
        if (chain.Origin is null)
            return OfChain("emptied", FormattableString.Invariant($"There was a chain of {checkpoint.Size} entries, and there is none: everything was removed."));
        if (checkpoint.Origin != chain.Origin)
            return OfChain("origin", $"The checkpoint is of the chain {checkpoint.Origin}, and this ledger's is {chain.Origin}: it was replaced by another, or the checkpoint belongs to another ledger.");
        if (checkpoint.Size > chain.Size)
            return OfChain("shorter", FormattableString.Invariant($"The chain had {checkpoint.Size} entries and has {chain.Size}: its end was removed."));
        if (chain.RootsAt[checkpoint.Size] != checkpoint.Root)
            return OfChain("rewritten", FormattableString.Invariant($"The chain's first {checkpoint.Size} entries are not those that were signed: it was rewritten."));
        return null;
    }

    /// <summary>The chain's own lines do not follow from each other.</summary>
    public static CheckpointFinding Broken(string problem) => Of("broken", "the ledger", problem, $"The chain is broken. {problem}", isOfChain: true);

    /// <summary>A checkpoint that nobody trusted has signed.</summary>
    public static CheckpointFinding Unsigned(string place, SignedCheckpoint checkpoint) => Of(
        "unsigned", place, checkpoint.Text, FormattableString.Invariant($"The checkpoint of {checkpoint.Checkpoint.Size} entries is not signed by a signer known here: it was changed or forged, or its signer is missing under Checkpoints:EarlierSigners."), isOfChain: false);

    /// <summary>What should be a checkpoint and is none.</summary>
    /// <param name="name">What it is called where it is kept.</param>
    public static CheckpointFinding Unreadable(string place, string name, string problem) =>
        Of("unreadable", place, name, $"{name} is no checkpoint. {problem}", isOfChain: false);

    /// <summary>A checkpoint that was written and is gone.</summary>
    public static CheckpointFinding Missing(string place, long size) => Of(
        "missing", place, FormattableString.Invariant($"{size}"), FormattableString.Invariant($"The checkpoint of {size} entries, which was written there, is not there any more: it was removed."), isOfChain: false);

    /// <summary>A checkpoint that should have been followed by another long ago.</summary>
    /// <param name="kept">When it was kept, by the clock of the place.</param>
    public static CheckpointFinding Stale(string place, SignedCheckpoint checkpoint, DateTimeOffset kept) => Of(
        "stale", place, checkpoint.Text, FormattableString.Invariant($"The newest checkpoint, of {checkpoint.Checkpoint.Size} entries, was kept there at {kept.UtcDateTime:yyyy-MM-dd HH:mm} UTC, more than two intervals ago: no worker ran, or somebody kept it from writing the next."), isOfChain: false);

    private static CheckpointFinding Of(string kind, string place, string what, string problem, bool isOfChain) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}\n{place}\n{what}")))[..IdDigits], place, problem, isOfChain);
}
