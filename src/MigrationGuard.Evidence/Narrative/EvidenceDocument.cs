using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Evidence.Commitments;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Documents;
using MigrationGuard.Evidence.Privacy;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Narrative;

/// <summary>What a report says, for programs: the contract <c>migrationguard.evidence/1</c>.</summary>
/// <remarks>Members may be added; those there are keep their names and meanings. Runs are given with their outcomes; what they measured is in their own documents.</remarks>
public static class EvidenceDocument
{
    public const string CurrentSchema = "migrationguard.evidence/1";

    /// <summary>The whole document, indented, with an end of line.</summary>
    public static string Render(EvidenceContent content)
    {
        var gate = ClosureGate.Of(content);
        return JsonSerializer.Serialize(
            new
            {
                schema = CurrentSchema,
                id = content.Id,
                scope = Scope(content.Scope),
                project = content.Project,
                asOf = content.AsOf,
                tool = content.Tool,
                sampleCommitments = content.Mapping.IsSample,
                totals = Totals(content),
                commitments = content.Commitments.Select(Standing),
                risks = RiskSupport.Of(content).Select(support => new
                {
                    id = support.Risk.Id,
                    title = support.Risk.Title,
                    impact = support.Risk.Impact,
                    probability = support.Risk.Probability,
                    score = support.Risk.Score,
                    supported = support.IsSupported,
                    because = support.Because,
                }),
                gate = new { open = gate.IsOpen, because = gate.Sentence, missing = gate.Missing.Select(task => task.Commitment.Id) },
                runs = content.Runs.Select(run => Run(content, run)),
                approvals = content.Approvals.Select(recorded => new { entry = recorded.Seq, recorded = recorded.Recorded, approval = recorded.Approval }),
                attestations = content.Attestations.Select(recorded => new
                {
                    entry = recorded.Seq,
                    recorded = recorded.Recorded,
                    recorder = recorded.Recorder,
                    correctedBy = recorded.CorrectedBy,
                    file = PackPaths.Attestation(recorded.Attestation.Id),
                    kind = recorded.Attestation.Kind,
                    erased = recorded.IsErased,
                    attestation = recorded.IsErased ? null : recorded.Attestation,
                }),
                assets = content.Assets.Select(asset => new
                {
                    name = asset.Name, kind = asset.Kind, location = asset.Location, holder = asset.Holder, ownerRole = asset.OwnerRole, commitment = asset.Commitment, holds = asset.Holds,
                    goLive = asset.GoLive, registeredEntry = asset.RegisteredSeq, registered = asset.Registered, closedEntry = asset.ClosedSeq, closed = asset.Closed, closedBecause = asset.ClosedBecause,
                }),
                duties = content.Duties.Select(duty => new
                {
                    id = duty.Id, duty = duty.Duty, subject = duty.Subject, title = duty.Title, ownerRole = duty.OwnerRole, dueOn = duty.DueOn, dueAt = duty.DueAt,
                    openedEntry = duty.OpenedSeq, closedEntry = duty.ClosedSeq, closed = duty.Closed, outcome = duty.Outcome, reason = duty.Reason, late = duty.IsLate(content.AsOf),
                }),
                qualification = content.Qualification is { } record
                    ? new { entry = record.Seq, finished = record.Finished, tool = record.Tool, planted = record.Planted, found = record.Found, twinsMatched = record.TwinsMatched, passed = record.Passed, file = PackPaths.Qualification }
                    : null,
                erasures = content.Erasures.Select(erasure => new
                {
                    entry = erasure.Entry, kind = erasure.Kind, recordedBy = erasure.Line.Seq, recorded = new DateTimeOffset(erasure.Line.Time), actor = erasure.Line.Actor, reason = LooseText.OfAny(erasure.Reason),
                }),
                chain = new
                {
                    origin = content.Chain.Origin, size = content.Chain.Size, head = content.Chain.Head, first = content.Chain.First, last = content.Chain.Last,
                    intact = content.Chain.Intact, problems = content.Chain.Problems,
                },
                seal = new
                {
                    signer = content.Seal.Signer, sha256 = content.Seal.Sha256Thumbprint, notAfter = content.Seal.NotAfter, development = content.Seal.IsDevelopment, authority = content.Seal.Authority,
                },
            },
            LedgerJson.Readable) + "\n";
    }

    private static object Totals(EvidenceContent content)
    {
        var totals = CommitmentTotals.Of(content.Commitments);
        return new { commitments = Counts(totals.Commitments), questions = Counts(totals.Questions) };

        static object Counts(StandingCounts counts) => new { breached = counts.Breached, unproven = counts.Unproven, kept = counts.Kept };
    }

    private static object Standing(CommitmentStanding standing) => new
    {
        id = standing.Commitment.Id,
        sentence = standing.Commitment.Sentence,
        question = standing.Commitment.IsQuestion,
        readings = standing.Commitment.Readings,
        sections = standing.Commitment.Sections,
        gate = standing.Commitment.Gate,
        goodForDays = standing.Commitment.GoodForDays,
        standing = standing.Standing.Tone().Word(),
        because = standing.Because,
        proofs = standing.Proofs.Select(proof => new
        {
            asked = proof.Asked,
            standing = proof.Standing.Tone().Word(),
            says = proof.Sentence,
            file = proof.File,
            run = proof.Run,
            at = proof.At,
        }),
    };

    private static object Run(EvidenceContent content, RunDocument run) => new
    {
        run = run.Run,
        label = run.Label,
        verdict = run.Verdict.Spelt(),
        scope = run.Scope == Ledger.Runs.Scope.Full ? "full" : "partial",
        limitedTo = run.LimitedTo,
        started = run.Started,
        finished = run.Finished,
        interrupted = run.Interrupted,
        erasedEnd = run.ErasedEnd,
        file = content.InBrief.Contains(run.Run) ? PackPaths.Runs : PackPaths.Run(run.Run),
        results = run.Results.Select((result, place) => Result(run, place + 1, result)),
    };

    private static object Result(RunDocument run, int number, CheckResult result) => new
    {
        number,
        comparison = result.Comparison,
        entity = result.Entity,
        check = result.Check,
        by = result.By,
        outcome = result.Outcome.Name,
        file = PackPaths.Result(run.Run, number, result),
    };

    private static JsonObject Scope(EvidenceScope scope) => scope switch
    {
        EvidenceScope.OfRun run => new JsonObject { ["of"] = "run", ["run"] = run.Run },
        EvidenceScope.OfAsset asset => new JsonObject { ["of"] = "asset", ["asset"] = asset.Asset },
        EvidenceScope.OfPeriod period => new JsonObject { ["of"] = "period", ["from"] = period.From, ["to"] = period.To },
        _ => new JsonObject { ["of"] = "project" },
    };
}
