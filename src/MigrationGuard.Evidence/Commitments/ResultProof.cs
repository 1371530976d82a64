using System.Globalization;
using MigrationGuard.Evidence.Content;
using MigrationGuard.Evidence.Reports;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Evidence.Commitments;

/// <summary>What the results of a check prove.</summary>
/// <remarks>
/// What is good is what the newest run of full scope that came to its end found good; a later run can only take that away. So a run that was
/// limited to what is known to be good proves nothing, and a mismatch found since, in whatever run, counts more than all that was good before.
/// </remarks>
internal sealed class ResultProof(ResultHistory history, EvidenceContent content, PackedFiles files)
{
    public IReadOnlyList<WeighedProof> Of(ProofRequest.OfCheck asked, Freshness freshness)
    {
        var all = history.Of(asked.Check, asked.Comparison);
        if (all.Count == 0)
            return [WeighedProof.Unproven(asked.Spelling, $"Nothing in the ledger says anything of {asked.Spelling}: no run holds such a result.")];
        var newest = all.GroupBy(held => ResultKey.Of(held.Result)).ToDictionary(alike => alike.Key, alike => alike.Last());
        // A night's look at back-ups says nothing of databases, and takes nothing from what was said of them.
        var wholeRun = history.NewestWhole(all[^1].Run.Kind);
        var whole = all.Where(held => held.Order == wholeRun).GroupBy(held => ResultKey.Of(held.Result)).ToDictionary(alike => alike.Key, alike => alike.Last());
        var proofs = newest
            .Select(pair => Weigh(asked.Spelling, pair.Value, whole.GetValueOrDefault(pair.Key), wholeRun, freshness))
            .OfType<WeighedProof>().ToList();
        if (wholeRun is not { } order)
            proofs.Add(WeighedProof.Unproven(asked.Spelling, $"No run of full scope that came to its end holds a result of {asked.Spelling}."));
        else if (whole.Count == 0)
            proofs.Add(WeighedProof.Unproven(asked.Spelling, $"Run {history.Runs[order].Run}, the newest of full scope, holds no result of {asked.Spelling}."));
        return proofs;
    }

    /// <summary>What one check of one entity proves by its newest result; null when it does not matter any more.</summary>
    /// <param name="whole">Its result in the newest run of full scope; null when that did not make it.</param>
    private WeighedProof? Weigh(string asked, HeldResult newest, HeldResult? whole, int? wholeRun, Freshness freshness)
    {
        var isOfThePast = whole is null && newest.Order < wholeRun;
        var (file, run, at) = (File(newest), newest.Run.Run, ResultHistory.Ended(newest.Run));
        switch (newest.Result.Outcome)
        {
            // Leaving an entity out of the configuration must not make its mismatch quiet.
            case CheckOutcome.Mismatch when isOfThePast:
                return WeighedProof.Unproven(asked, $"{Name(newest)} {(newest.Run.Kind is null ? "differed" : "was not as promised")} in run {run}, and no run of full scope has looked at it since.", file, run, at);
            case CheckOutcome.Mismatch mismatch:
                return WeighedProof.Breached(asked, newest.Run.Kind is null ? $"{Name(newest)} differs, in {Figures.Count(mismatch.Findings.Count, "way", "ways")} that nobody accepted (run {run})." : $"{Name(newest)} is not as promised: {Figures.Count(mismatch.Findings.Count, "finding", "findings")} (run {run}).{Promised(newest)}", file, run, at);
            case CheckOutcome.NotChecked when isOfThePast:
                return null;
            case CheckOutcome.NotChecked notChecked:
                return WeighedProof.Unproven(asked, $"{Name(newest)} could not be checked in run {run}: {notChecked.Reason}", file, run, at);
            default:
                return whole is not null ? Good(asked, newest, whole, freshness) : OnlyInPart(asked, newest, isOfThePast);
        }
    }

    private WeighedProof Good(string asked, HeldResult newest, HeldResult whole, Freshness freshness)
    {
        var (run, at) = (whole.Run.Run, ResultHistory.Ended(whole.Run));
        return whole.Result.Outcome switch
        {
            CheckOutcome.Match when whole.Run.Kind is null => WeighedProof.Kept(freshness, asked, $"{Name(whole)} is the same on both sides (run {run}).", File(whole), run, at, isNotable: false),
            CheckOutcome.Match => WeighedProof.Kept(freshness, asked, $"{Name(whole)} is as promised (run {run}).{Promised(whole)}", File(whole), run, at, isNotable: false) with { Together = "as promised", Promised = whole.Result.Proves },
            CheckOutcome.Accepted accepted => WeighedProof.Kept(freshness, asked, $"{Name(whole)} differs only as was accepted beforehand (run {run}): {accepted.Because}{Expired(whole)}", File(whole), run, at),
            _ => WeighedProof.Unproven(asked, $"{Name(newest)} was not good in run {run}, the newest of full scope; run {newest.Run.Run} found it good, but was limited to a part. A run of full scope has to show it.", File(newest), newest.Run.Run, ResultHistory.Ended(newest.Run)),
        };
    }

    private WeighedProof? OnlyInPart(string asked, HeldResult newest, bool isOfThePast) => isOfThePast
        ? null
        : WeighedProof.Unproven(asked, $"{Name(newest)} is good in run {newest.Run.Run} alone, which was limited to a part or did not come to its end.", File(newest), newest.Run.Run, ResultHistory.Ended(newest.Run));

    // An approval is good for the runs of its time: its expiry makes the next run differ, not this one.
    private string Expired(HeldResult held)
    {
        var day = DateOnly.FromDateTime(content.AsOf.UtcDateTime);
        var expired = content.Approvals
            .Where(recorded => IsOf(recorded.Approval.Comparison, held.Result.Comparison) && IsOf(recorded.Approval.Check, held.Result.Check)
                && (recorded.Approval.Entity is null || IsOf(recorded.Approval.Entity, held.Result.Entity)) && recorded.Approval.Expires < day)
            .Select(recorded => recorded.Approval.Expires)
            .Order().ToList();
        return expired.Count == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" An approval of it has expired since, on {expired[^1]:yyyy-MM-dd}; the run was decided in its time, the next will not be.");
    }

    /// <summary>A promise in words, as a sentence after others.</summary>
    public static string WhatWasPromised(string promised) => $" What was promised: {promised.TrimEnd('.')}.";

    private static string Promised(HeldResult held) => held.Run.Kind is not null && held.Result.Proves is { Length: > 0 } promised ? WhatWasPromised(promised) : "";

    private static bool IsOf(string? name, string? other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private string File(HeldResult held) => files.Of(held.Run, held.Result);

    private static string Name(HeldResult held)
    {
        var check = new ReportedResult(held.Number, held.Result).Check;
        return held.Result.Entity is { } entity ? $"{held.Result.Comparison}, {entity} ({check})" : $"{held.Result.Comparison}, {check}";
    }
}
