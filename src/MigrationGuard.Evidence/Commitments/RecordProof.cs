using System.Globalization;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Attestations;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Commitments;

/// <summary>What runs as a whole, qualifications, the chain, attestations, duties and assets prove.</summary>
internal sealed class RecordProof(ResultHistory history, EvidenceContent content, PackedFiles files)
{
    public WeighedProof Of(ProofRequest.OfVerdict asked, Freshness freshness)
    {
        // A look at back-ups has a verdict too, which says nothing of data.
        var runs = history.Runs.Where(run => run.Kind is null).ToList();
        if (runs.LastOrDefault(run => run.Scope == Scope.Full) is not { } whole)
            return WeighedProof.Unproven(asked.Spelling, runs.Count == 0 ? "No run compared databases." : "There is no run of full scope, and a run of a part proves nothing for the rest.");
        // Runs after it are of a part. What they found wrong counts; what they found good does not.
        var decisive = runs.SkipWhile(run => run != whole).LastOrDefault(run => run == whole || Worst(run) == Verdict.NoGo) ?? whole;
        var (file, at) = (files.Of(decisive), ResultHistory.Ended(decisive));
        var why = VerdictReason.Of(decisive);
        return Worst(decisive) switch
        {
            // That its end was erased is said where what is kept is held against that.
            Verdict.Go => WeighedProof.Kept(freshness, asked.Spelling, $"Run {decisive.Run}, the newest of full scope, is GO. {VerdictReason.Of(decisive with { ErasedEnd = null })}", file, decisive.Run, at),
            Verdict.NoGo => WeighedProof.Breached(asked.Spelling, $"Run {decisive.Run} is NO-GO. {why}", file, decisive.Run, at),
            _ => WeighedProof.Unproven(asked.Spelling, $"Run {decisive.Run}, the newest of full scope, is INCOMPLETE. {why}", file, decisive.Run, at),
        };
    }

    public WeighedProof Of(ProofRequest.OfQualification asked, Freshness freshness)
    {
        if (content.Qualification is not { } record)
            return WeighedProof.Unproven(asked.Spelling, "Nobody has planted damage to see it found: there is no qualification.");
        var figures = $"{Figures.Count(record.Found)} of {Figures.Count(record.Planted)} planted damages were found, by {record.Tool}";
        if (!record.Passed || record.Found < record.Planted)
            return WeighedProof.Breached(asked.Spelling, $"The qualification did not pass: {figures}.", PackPaths.Qualification, null, record.Finished);
        if (record.Planted <= 0)
            return WeighedProof.Unproven(asked.Spelling, "The qualification planted nothing, so that nothing was to be found.", PackPaths.Qualification, null, record.Finished);
        var version = history.Runs.LastOrDefault(run => run.Kind is null && ResultHistory.IsWhole(run))?.Tool;
        return version is not null && version != record.Tool
            ? WeighedProof.Unproven(asked.Spelling, $"{figures}; but the newest run of full scope was made by {version}, which is not what was qualified.", PackPaths.Qualification, null, record.Finished)
            : WeighedProof.Kept(freshness, asked.Spelling, figures + ".", PackPaths.Qualification, null, record.Finished);
    }

    public WeighedProof Of(ProofRequest.OfChain asked) => content.Chain is { Intact: true, Problems.Count: 0 }
        ? WeighedProof.Kept(new Freshness(content.AsOf, null), asked.Spelling, $"All {Figures.Count(content.Chain.Size)} entries of the ledger follow from each other.", PackPaths.AuditSegment, null, content.AsOf)
        : WeighedProof.Breached(asked.Spelling, $"The ledger's chain is not whole: {content.Chain.Problems.FirstOrDefault() ?? "its replay failed."}", PackPaths.AuditSegment, null, content.AsOf);

    // A statement about one asset says nothing of another, so the newest of each counts.
    public IReadOnlyList<WeighedProof> Of(ProofRequest.OfAttestation asked, Freshness freshness)
    {
        // One that was corrected by a statement of something else still stands above what is older; it is only worth nothing any more.
        var ofKind = content.Attestations.Where(recorded => recorded.Attestation.Kind == asked.Kind && !HasSuccessor(recorded)).ToList();
        // Nobody knows any more what an erased one was about, so of what was stated before it nothing stands.
        if (ofKind.Where(recorded => recorded.IsErased).MaxBy(recorded => recorded.Seq) is { } erased)
            ofKind.RemoveAll(recorded => recorded.Seq < erased.Seq);
        var standing = ofKind
            .GroupBy(recorded => recorded.Attestation.Asset, StringComparer.OrdinalIgnoreCase)
            .Select(about => about.OrderBy(recorded => recorded.Attestation.At).ThenBy(recorded => recorded.Seq).Last())
            .ToList();
        return standing.Count == 0
            ? [WeighedProof.Unproven(asked.Spelling, $"Nobody has stated {asked.Kind}.")]
            : [.. standing.Select(recorded => Weigh(asked.Spelling, recorded, freshness))];
    }

    // Of its own kind and about the same thing: that one is weighed in its place.
    private bool HasSuccessor(RecordedAttestation recorded) => recorded.CorrectedBy is { } by
        && content.Attestations.FirstOrDefault(other => other.Attestation.Id == by) is { } correction
        && correction.Attestation.Kind == recorded.Attestation.Kind && (correction.IsErased || IsOf(correction.Attestation.Asset ?? "", recorded.Attestation.Asset ?? ""));

    private WeighedProof Weigh(string asked, RecordedAttestation recorded, Freshness freshness)
    {
        var stated = recorded.Attestation;
        var (file, at) = (files.OfAttestation(stated.Id), stated.At);
        var about = stated.Asset is null ? "" : $" of {stated.Asset}";
        // What an erased statement said is not known, so neither is whether it passed.
        if (recorded.IsErased)
            return WeighedProof.Unproven(asked, $"What was stated as {stated.Kind}{about} has been erased.", file, stated.Run, at);
        if (recorded.CorrectedBy is { } by)
            return WeighedProof.Unproven(asked, $"What was stated as {stated.Kind}{about} was corrected by {by}, which states something else.", file, stated.Run, at);
        var said = $"by the {stated.Role}, as of {Figures.Moment(at)}";
        return stated.Outcome == AttestedOutcome.Passed
            ? WeighedProof.Kept(freshness, asked, $"Stated as passed{about} {said}.", file, stated.Run, at)
            : WeighedProof.Breached(asked, $"Stated as failed{about} {said}.", file, stated.Run, at);
    }

    public IReadOnlyList<WeighedProof> Of(ProofRequest.OfDuty asked, Freshness freshness)
    {
        var times = content.Duties
            .Where(duty => IsOf(duty.Duty, asked.Duty) && (asked.Subject is null || IsOf(duty.Subject, asked.Subject)))
            .OrderBy(duty => duty.DueAt).ToList();
        if (times.Count == 0)
            return [WeighedProof.Unproven(asked.Spelling, $"Nothing in the ledger says that {asked.Duty}{Subject(asked.Subject)} ever fell due.")];
        var due = times.Where(duty => duty.DueAt <= content.AsOf || duty.Closed is not null || duty.MissedOn is not null).ToList();
        if (due.Count == 0)
            return [WeighedProof.Unproven(asked.Spelling, $"{asked.Duty}{Subject(asked.Subject)} first falls due on {Day(times[0].DueOn)}; nothing had to be decided yet.")];
        // Each subject has its own row of times, and a fresh decision about one does not freshen another's.
        return [.. due.GroupBy(duty => duty.Subject, StringComparer.OrdinalIgnoreCase).SelectMany(about => Weigh(asked.Spelling, [.. about], freshness))];
    }

    private IEnumerable<WeighedProof> Weigh(string asked, IReadOnlyList<DutyRecord> times, Freshness freshness)
    {
        foreach (var duty in times.Where(duty => duty.IsLate(content.AsOf)))
        {
            if (duty.MissedOn is { } missed)
                yield return WeighedProof.Breached(asked, $"{Name(duty)} was due on {Day(missed)}, and was given another day only after that.", PackPaths.AuditSegment, null, duty.Closed);
            else
                yield return duty.Closed is { } closed
                ? WeighedProof.Breached(asked, $"{Name(duty)} was due on {Day(duty.DueOn)} and decided late, at {Figures.Moment(closed)}.", PackPaths.AuditSegment, null, closed)
                : WeighedProof.Breached(asked, $"{Name(duty)} was due on {Day(duty.DueOn)} and is overdue, with the {duty.OwnerRole}.", PackPaths.AuditSegment, null, duty.DueAt);
        }
        foreach (var duty in times.Where(duty => duty.Closed is not null && duty.Outcome is null or "withdrawn"))
            yield return WeighedProof.Unproven(asked, $"{Name(duty)}, due on {Day(duty.DueOn)}, was withdrawn and never decided.", PackPaths.AuditSegment, null, duty.Closed);
        foreach (var duty in times.Where(IsErased))
            yield return WeighedProof.Unproven(asked, $"What was decided of {Name(duty)}, due on {Day(duty.DueOn)}, has been erased from the ledger.", PackPaths.AuditSegment, null, duty.Closed);
        var decided = times.Where(duty => duty.Closed is not null && duty.Outcome is not (null or "withdrawn") && !duty.IsLate(content.AsOf) && !IsErased(duty)).ToList();
        if (decided.LastOrDefault() is { Closed: { } last } newest)
            yield return WeighedProof.Kept(freshness, asked, $"{Name(newest)}: {Figures.Count(decided.Count, "time", "times")} decided when due, the last as {newest.Outcome} at {Figures.Moment(last)}.", PackPaths.AuditSegment, null, last);
    }

    private bool IsErased(DutyRecord duty) => duty.Closed is not null && content.UnprovenSubjects.Contains(duty.Id);

    // Closing an asset is somebody's word. Only looking for it, where it can be told from not being able to look, shows it absent.
    public IReadOnlyList<WeighedProof> Of(ProofRequest.OfAsset asked)
    {
        var assets = content.Assets.Where(asset => IsOf(asset.Name, asked.Name) || IsUnder(asset.Commitment, asked.Name)).ToList();
        return assets.Count == 0
            ? [WeighedProof.Unproven(asked.Spelling, $"Nothing in the ledger says anything of {asked.Name}: no such asset is registered.")]
            : [.. assets.Select(asset => asset.Closed is { } closed
                ? WeighedProof.Unproven(asked.Spelling, $"{asset.Name} was closed by hand on {Figures.Moment(closed)}; no probe has shown it absent.", PackPaths.AuditSegment, null, closed)
                : WeighedProof.Unproven(asked.Spelling, $"{asset.Name} is not closed: as far as the ledger knows it is still there, with the {asset.OwnerRole}.", PackPaths.AuditSegment, null, null))];
    }

    public static WeighedProof Of(ProofRequest.NotVisible asked) =>
        WeighedProof.Unproven(asked.Spelling, $"Nothing that this program can see proves it. What would: {asked.WouldShow}.");

    // An asset's registration says in words of its own what it stands under: "rec-3.hopping: cleared after sign-off".
    private static bool IsUnder(string commitment, string name) =>
        commitment.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (commitment.Length == name.Length || commitment[name.Length] is ':' or ',' or ';');

    private static bool IsOf(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private static string Name(DutyRecord duty) => duty.Duty + Subject(duty.Subject.Length > 0 ? duty.Subject : null);

    private static string Subject(string? subject) => subject is null ? "" : $" of {subject}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A document may say one thing and its results another; then the worse of the two holds.
    private static Verdict Worst(RunDocument run)
    {
        var worked = Verdicts.Of(run.Results, run.Scope, run.Uncovered.Count, run.Interrupted is not null || run.Finished is null);
        return (worked, run.Verdict) switch
        {
            (Verdict.NoGo, _) or (_, Verdict.NoGo) => Verdict.NoGo,
            (Verdict.Incomplete, _) or (_, Verdict.Incomplete) => Verdict.Incomplete,
            _ => Verdict.Go,
        };
    }
}
