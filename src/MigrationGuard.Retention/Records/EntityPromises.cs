using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using MigrationGuard.Databases;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Retention.Records;

/// <summary>What was promised of one entity: of the live database, and of a frozen copy where there is one.</summary>
internal sealed class EntityPromises
{
    private readonly RetainedEntityOptions _options;
    private readonly Deadline _deadline;
    private readonly int _keysAtOnce;
    private readonly RecordPromise _retention;
    private readonly RecordPromise? _drift;

    public EntityPromises(string name, RetainedEntityOptions options, string code, string promise, Deadline deadline, int keysAtOnce)
    {
        (_options, _deadline, _keysAtOnce) = (options, deadline, keysAtOnce);
        var extent = ExtentOf(code);
        _retention = new RecordPromise(RecordVerification.RetentionOf(code), name, promise) { Extent = extent };
        _drift = options.Frozen is null ? null : new RecordPromise(RecordVerification.DriftOf(code), name, $"No copy keeps what the live database has deleted by policy. {promise}") { Extent = extent, IsOfFrozen = true };
        _retention.Narrow(_drift is null
            ? "Only what is kept too long was looked for: without a frozen copy nothing is known of records that were deleted too early."
            : "Of records made since the copy was frozen nothing is known of early deletion.");
        if (options.ToleranceDays > 1)
            Narrow(string.Create(CultureInfo.InvariantCulture, $"What is deleted up to {options.ToleranceDays:0.##} days after its period, or as long before its end, counts as deleted in time."));
    }

    private IEnumerable<RecordPromise> Promises => new[] { _retention, _drift }.OfType<RecordPromise>();

    /// <summary>Says of every promise what was given up.</summary>
    public void Narrow(string? sentence)
    {
        foreach (var promise in Promises)
            promise.Narrow(sentence);
    }

    /// <summary>That a side could not be read, and why.</summary>
    public static string Unread(string side, string problem) => $"The {side} could not be read: {problem}";

    public IEnumerable<CheckResult> Results(double seconds) => Promises.Select(promise => promise.Result(seconds));

    /// <summary>Counts what the live database keeps too long.</summary>
    public async Task CheckLiveAsync(RecordPlace? live, string? problem, CancellationToken cancellationToken)
    {
        _retention.NotChecked(problem);
        if (live is null)
            return;
        try
        {
            NarrowTo(live, _retention);
            _retention.TargetSql = live.Database.Dialect.PhraseRows(live.Dates);
            Judge(live, await RecordTally.ReadAsync(live, _deadline, cancellationToken));
            _retention.NotChecked(await AlikeRows.ProblemAsync(live, cancellationToken));
        }
        catch (DatabaseException e)
        {
            _retention.NotChecked(Unread(live.Side, e.Message));
        }
    }

    /// <summary>Counts what the frozen copy keeps alone, and what the live database deleted too early.</summary>
    public async Task CheckFrozenAsync(RecordPlace? frozen, string? problem, RecordPlace? live, string? liveProblem, CancellationToken cancellationToken)
    {
        if (frozen is null || live is null)
        {
            _drift!.NotChecked(liveProblem);
            Hinder(problem);
            return;
        }
        var (key, keyProblem) = KeyPairs.Of(_options.Key, frozen, live);
        if (key is null)
        {
            Hinder(keyProblem);
            return;
        }
        foreach (var promise in Promises)
            NarrowTo(frozen, promise);
        var comparison = new FrozenComparison(frozen, live, key, _deadline, _keysAtOnce);
        (_drift!.SourceSql, _drift.TargetSql) = (frozen.Database.Dialect.PhraseRows(comparison.FrozenQuery), live.Database.Dialect.PhraseRows(comparison.LiveQuery));
        try
        {
            Judge(frozen, await comparison.CompareAsync(cancellationToken));
            Hinder(await AlikeRows.ProblemAsync(frozen, cancellationToken));
        }
        catch (DatabaseException e)
        {
            // Which of the two it was, the message says by its name.
            Hinder(Unread(e.Place == live.Database.Name ? live.Side : frozen.Side, e.Message));
        }
    }

    private void Judge(RecordPlace live, RecordTally tally)
    {
        _retention.Measured["records"] = new Scalar(tally.Records);
        _retention.Measured["past"] = new Scalar(tally.Past);
        _retention.Measured["undated"] = new Scalar(tally.Undated);
        _retention.Measured["oldest"] = new Scalar(tally.Oldest?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        if (tally.Past > 0)
            _retention.Find(KeepingFindings.KeptTooLong, tally.Past, $"{Counted(tally.Past, "is", "are")} kept for longer than {_deadline.Period}, the oldest by {Days(_deadline.AsOf - _deadline.Period.End(tally.Oldest!.Value))}.");
        _retention.NotChecked(NoRecord(live, tally.Records));
        _retention.NotChecked(tally.Unreadable == 0 ? null : $"Of {Counted(tally.Unreadable)} in the {live.Side}, {_options.CountsFrom} holds no date that can be read.");
        Undated(_retention, tally.Undated, $"{Counted(tally.Undated, "has", "have")} no date in {_options.CountsFrom}, and nothing is known of their time.");
        // No breach: a period may well count from the end of something that has not ended.
        _retention.Note(tally.ToCome == 0 ? null : $"Of {Counted(tally.ToCome)}, {_options.CountsFrom} is still to come: the period has not begun.");
        Remark(_retention, live, tally.TookZone);
    }

    private void Judge(RecordPlace frozen, FrozenTally tally)
    {
        _drift!.Measured["records"] = new Scalar(tally.Records);
        _drift.Measured["drift"] = new Scalar(tally.Drift);
        _drift.Measured["endingSoon"] = new Scalar(tally.Soon);
        _drift.Measured["overdueInBoth"] = new Scalar(tally.OverdueInBoth);
        _drift.Find(KeepingFindings.Drift, tally.Drift, $"{Counted(tally.Drift, "that the live database has deleted by policy is", "that the live database has deleted by policy are")} still in the frozen copy{Coming(tally.Soon)}.");
        _drift.Note(tally.Drift > 0 || tally.Soon == 0 ? null : $"The periods of {Counted(tally.Soon)} in the frozen copy end within 30 days: kept any longer, the copy keeps what the live database deletes.");
        _drift.Measured["redated"] = new Scalar(tally.Redated);
        _drift.Note(tally.OverdueInBoth == 0 ? null : $"{Counted(tally.OverdueInBoth, "is", "are")} past the period in both, which is the live database's to delete, and no drift.");
        _drift.Note(tally.OverdueAndLeftOut == 0 ? null : $"{Counted(tally.OverdueAndLeftOut, "of the frozen copy is", "of the frozen copy are")} past the period and still in the live database, where Where leaves {(tally.OverdueAndLeftOut == 1 ? "it" : "them")} out by now.");
        foreach (var promise in Promises)
            promise.Note(Redated(tally));
        _retention.Find(KeepingFindings.KeptTooShort, tally.TooEarly, $"{Counted(tally.TooEarly, "of the frozen copy is", "of the frozen copy are")} gone from the live database before {_deadline.Period} had passed.");
        _retention.Note(tally.TooEarly == 0 ? null : "Records that were erased because somebody asked for it are among those gone too early: nothing here tells them apart.");
        foreach (var obstacle in Obstacles(frozen, tally))
            Hinder(obstacle);
        foreach (var promise in new[] { _retention, _drift })
            Undated(promise, tally.UndatedGone, $"{Counted(tally.UndatedGone, "of the frozen copy is", "of the frozen copy are")} gone from the live database and had no date in {_options.CountsFrom}, so that nobody can say whether too early.");
        Remark(_drift, frozen, tally.TookZone);
    }

    private IEnumerable<string> Obstacles(RecordPlace frozen, FrozenTally tally)
    {
        if (NoRecord(frozen, tally.Records + tally.Unclear) is { } empty)
            yield return empty;
        if (tally.Unclear > 0)
            yield return $"The keys of {Rows(tally.Unclear)} of either side cannot be compared: a part of them is NULL, or of another type than its column's.";
        if (tally.Repeated > 0)
            yield return $"The keys of {Counted(tally.Repeated)} in the frozen copy are not theirs alone. Name under Key the columns that tell which record is which.";
        if (tally.Alike > 0)
            yield return $"Of {Counted(tally.Alike)} in the frozen copy, the live database has only a key that differs by case, accents or spaces, and it is not sure whether that is another record.";
        if (tally.UnreadableGone > 0)
            yield return $"{Counted(tally.UnreadableGone, "of the frozen copy is", "of the frozen copy are")} gone from the live database, and {_options.CountsFrom} holds no date that can be read.";
    }

    private string? NoRecord(RecordPlace place, long records) => records > 0 || _options.MayBeEmpty
        ? null
        : $"No row of the {place.Side}'s {place.Table.Name} is such a record: Table or Where may be wrong. If there need not be any, set MayBeEmpty.";

    private void Undated(RecordPromise promise, long count, string sentence)
    {
        if (count == 0)
            return;
        if (_options.UndatedAllowed)
            promise.Note(sentence);
        else
            promise.NotChecked(sentence + " If that is no matter, set UndatedAllowed.");
    }

    // What keeps the two from being compared leaves both promises open.
    private void Hinder(string? obstacle)
    {
        if (obstacle is null)
            return;
        _drift!.NotChecked(obstacle);
        _retention.NotChecked("Whether records were deleted too early is not known. " + obstacle);
    }

    private void Remark(RecordPromise promise, RecordPlace place, bool tookZone)
    {
        promise.Note(tookZone ? $"{_options.CountsFrom} does not say its zone in the {place.Side}, and is taken for {place.Database.Zone.Id}." : null);
        promise.Note(!place.MayBeReplica ? null : $"The {place.Side} was read on a replica, which may lag behind.");
    }

    private static void NarrowTo(RecordPlace place, RecordPromise promise) =>
        promise.Narrow(place.Filter is { } filter ? LeftOutNotes.OfRecords(place.Side, filter) : null);

    // With other records, another period or another tolerance, an earlier match says nothing of these.
    private string ExtentOf(string code)
    {
        var where = _options.Where.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).SelectMany(pair => new[] { pair.Key }.Concat(pair.Value.Values.Order(StringComparer.Ordinal)).Append(null));
        string?[] all = [code, _deadline.Period.ToString(), _options.Table, _options.FrozenTable, _options.CountsFrom, _options.ToleranceDays.ToString(CultureInfo.InvariantCulture), .. where];
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(all)).AsSpan(0, 8));
    }

    // Nothing here says whether a date was corrected or a period begun anew: somebody has to look.
    private string? Redated(FrozenTally tally)
    {
        if (tally.Redated == 0)
            return null;
        var past = tally.OverdueBeforeRedated == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $" {(tally.Redated == 1 ? "It is" : $"{tally.OverdueBeforeRedated:N0} of them {(tally.OverdueBeforeRedated == 1 ? "is" : "are")}")} past the period by the frozen copy's date, and not by the live database's.");
        return $"Of {Counted(tally.Redated)} in both, {_options.CountsFrom} is another in the live database than in the frozen copy: a changed date restarts a period. What is said of the frozen copy goes by its own dates.{past}";
    }

    private static string Coming(long soon) => soon == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"; {soon:N0} more will be within 30 days");

    private static string Days(TimeSpan time) => time.TotalDays < 1 ? "less than a day" : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(time.TotalDays):N0} {(time.TotalDays < 2 ? "day" : "days")}");

    private static string Counted(long count, string? one = null, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "record" : "records")}{(one is null ? "" : " ")}{(count == 1 ? one : many)}");

    private static string Rows(long count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "row" : "rows")}");
}
