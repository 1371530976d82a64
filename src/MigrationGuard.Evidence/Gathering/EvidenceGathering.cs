using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Evidence.Gathering;

/// <summary>What a pack says of itself before anything is gathered.</summary>
/// <param name="Id">The pack's name.</param>
/// <param name="Project">Whose migration it is.</param>
/// <param name="Tool">The program's version and commit.</param>
/// <param name="Seal">How the pack will be signed.</param>
public sealed record EvidenceHeader(string Id, ProjectDescription Project, string Tool, SealRecord Seal);

/// <summary>Gathers what the ledger holds of a scope.</summary>
/// <param name="codes">Columns whose labels a pack may hold as they are.</param>
/// <param name="mapping">The commitments, and what proves each.</param>
public sealed class EvidenceGathering(LedgerStore store, DeclaredCodes codes, CommitmentMapping mapping, TimeProvider time)
{
    /// <summary>Gathers everything that a pack of this scope says, and works out where each commitment stands.</summary>
    /// <exception cref="EvidenceException">There is nothing of that scope.</exception>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public async Task<EvidenceContent> GatherAsync(EvidenceScope scope, EvidenceHeader header, CancellationToken cancellationToken)
    {
        // The chain first: what is gathered after it may only be more than what it proves, and is then left out.
        var chain = await store.VerifyAsync(cancellationToken);
        var asOf = AsOf(scope);
        var runs = await GatheredRuns.OfAsync(store, scope, cancellationToken);
        var key = await store.ProjectKeyAsync(cancellationToken);
        var attestations = await store.ReadAttestationsAsync(cancellationToken);
        var (assets, duties, recorded) = await store.ReadAsync(
            async ledger =>
            {
                var gathering = new AssetGathering(ledger);
                return (await gathering.AssetsAsync(), await gathering.DutiesAsync(), await RecordedEntries.ReadAsync(ledger, chain.Entries, asOf));
            },
            cancellationToken);
        var gathered = new EvidenceContent
        {
            Id = header.Id,
            Scope = scope,
            Project = header.Project,
            AsOf = asOf,
            Tool = header.Tool,
            Seal = header.Seal,
            Runs = [.. runs.Runs.Select(run => PackPrivacy.Of(run, codes, key))],
            InBrief = runs.InBrief,
            Approvals = [.. recorded.Approvals.Select(recorded => recorded with { Approval = PackPrivacy.Of(recorded.Approval, codes, key) })],
            Attestations = [.. attestations.Kept.Concat(attestations.Erased.Select(RecordedAttestation.Of)).OrderBy(attestation => attestation.Seq)],
            Assets = assets,
            Duties = duties,
            Qualification = recorded.Qualification,
            Chain = new ChainRecord(1, chain.Entries, chain.Entries, chain.Head, "", chain.Holds, [.. chain.Problems.Select(problem => problem.Problem)]),
        };
        var content = ScopeCut.Of(gathered, recorded.Runs);
        return content.Evaluated(mapping);
    }

    // A period that has passed is spoken of as of its end: what was done later was not done then.
    private DateTimeOffset AsOf(EvidenceScope scope)
    {
        var now = time.GetUtcNow();
        return scope is EvidenceScope.OfPeriod period && period.To < now ? period.To : now;
    }
}
