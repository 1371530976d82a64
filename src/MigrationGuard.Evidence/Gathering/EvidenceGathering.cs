using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Evidence.Reports;
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
        var key = await store.ProjectKeyAsync(cancellationToken);
        var attestations = await store.ReadAttestationsAsync(cancellationToken);
        var (assets, duties, recorded) = await store.ReadAsync(
            async ledger =>
            {
                var gathering = new AssetGathering(ledger);
                return (await gathering.AssetsAsync(), await gathering.DutiesAsync(), await RecordedEntries.ReadAsync(ledger, chain.Entries, asOf));
            },
            cancellationToken);
        bool IsKnown(RunDocument run) => run.Started <= asOf && (run.Finished is null || run.Finished <= asOf) && recorded.Holds(run, chain.Entries);
        var history = await RunHistory.OfAsync(store, IsKnown, cancellationToken);
        var packed = await GatheredRuns.OfAsync(store, scope, IsKnown, cancellationToken);
        var everything = AsOfThen.Of(new EvidenceContent
        {
            Id = header.Id,
            Scope = scope,
            Project = header.Project with { Name = LooseText.Of(header.Project.Name), Owner = LooseText.OfAny(header.Project.Owner), DpiaReference = LooseText.OfAny(header.Project.DpiaReference) },
            AsOf = asOf,
            Tool = header.Tool,
            Seal = header.Seal,
            Runs = [.. history.Select(run => PackPrivacy.Of(run, codes, key))],
            NewestWhole = history.FirstOrDefault(run => run is { Kind: null, Scope: Scope.Full, Finished: not null }) is { } newest ? PackPrivacy.Of(newest with { Results = [] }, codes, key) : null,
            UnprovenRuns = chain.UnprovenRuns.ToHashSet(StringComparer.Ordinal),
            UnprovenSubjects = chain.Unproven.ToHashSet(StringComparer.OrdinalIgnoreCase),
            Approvals = [.. recorded.Approvals.Select(recorded => recorded with { Approval = PackPrivacy.Of(recorded.Approval, codes, key) })],
            Attestations = [.. attestations.Kept.Concat(attestations.Erased.Select(RecordedAttestation.Of)).OrderBy(attestation => attestation.Seq)],
            Assets = assets,
            Duties = duties,
            Qualification = recorded.Qualification,
            Chain = new ChainRecord(1, chain.Entries, chain.Entries, chain.Head, chain.Tree.Origin ?? "", chain.Holds, [.. chain.Problems.Select(problem => problem.Problem)]) { Root = chain.Tree.Root },
        });
        var cut = everything with { Runs = [.. packed.Runs.Select(run => PackPrivacy.Of(run, codes, key))], InBrief = packed.InBrief };
        var content = ScopeCut.Of(cut, recorded) ?? throw await NothingOfItAsync(scope, chain.Entries, cancellationToken);
        // Weighed by everything that the ledger holds: a scope says what a pack carries, not what is true.
        return content with { Mapping = mapping, Commitments = CommitmentEvaluation.Of(everything, mapping, content) };
    }

    private async Task<EvidenceException> NothingOfItAsync(EvidenceScope scope, long entries, CancellationToken cancellationToken)
    {
        var (first, last) = (await store.FindEntryAsync(1, cancellationToken), await store.FindEntryAsync(entries, cancellationToken));
        var remedy = scope is EvidenceScope.OfPeriod && first is not null && last is not null
            ? $"What counts is when something was recorded, not when it happened: this ledger's first entry is of {Figures.Moment(first.Line.Time)}, its last of {Figures.Moment(last.Line.Time)}. See its runs with: migrationguard runs list"
            : "See what there is with: migrationguard runs list";
        return new EvidenceException(ScopeCut.Place(scope), "the ledger holds nothing of it, and an empty pack would prove nothing.", remedy);
    }

    // A period that has passed is spoken of as of its end: what was done later was not done then.
    private DateTimeOffset AsOf(EvidenceScope scope)
    {
        var now = time.GetUtcNow();
        return scope is EvidenceScope.OfPeriod period && period.To < now ? period.To : now;
    }
}
