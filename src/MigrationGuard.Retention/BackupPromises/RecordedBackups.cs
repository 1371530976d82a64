using System.Globalization;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupHistories;
using MigrationGuard.Retention.Chains;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Retention.BackupPromises;

/// <summary>Holds the back-ups that servers recorded against those that lie in the stores, in both directions.</summary>
/// <remarks>
/// They are the same where the back-up set's identity is. When a back-up began is taken from the header of the file, which has its zone,
/// wherever there is one; local times that may be two moments are told as what they are.
/// </remarks>
internal sealed class RecordedBackups
{
    /// <summary>More than it takes from the finish of a back-up until its row is there, clocks that are set back meanwhile included.</summary>
    private static readonly TimeSpan Recording = TimeSpan.FromHours(2);

    private readonly DatabaseBackups _backups;
    private readonly ILookup<Guid, BackupSet> _kept;
    private readonly HashSet<Guid> _notCurrent;
    private readonly DateTimeOffset _from;
    private readonly DateTimeOffset _due;
    private readonly List<Finding> _damaged = [];
    private readonly List<Finding> _differing = [];
    private readonly List<string> _doubts = [];
    private readonly List<string> _narrowed = [];
    private readonly List<string> _notes = [];
    private readonly List<RecordedBackup> _elsewhere = [];
    private readonly List<string> _uncertain = [];
    private int _recorded;

    private RecordedBackups(BackupPromiseOptions promise, DatabaseBackups backups, DateTimeOffset now)
    {
        _backups = backups;
        _from = now - TimeSpan.FromDays(promise.Days!.Value);
        _due = now - TimeSpan.FromMinutes(promise.ToleranceMinutes);
        _kept = (backups.Chain(new ChainRules { Window = TimeSpan.Zero }, now)?.Sets ?? []).ToLookup(set => set.Header.BackupSetId);
        _notCurrent = [.. backups.Copies.Where(copy => copy.Copy.State != CopyState.Current || copy.Copy.IsArchived).Select(copy => copy.Header!.HeaderIfAny!.BackupSetId)];
    }

    public static PromiseFinding Check(BackupPromiseOptions promise, DatabaseBackups backups, TakenBackups taken, DateTimeOffset now)
    {
        var comparison = new RecordedBackups(promise, backups, now);
        foreach (var server in taken.Servers)
            comparison.Compare(server);
        return comparison.Found(taken);
    }

    private PromiseFinding Found(TakenBackups taken)
    {
        if (_uncertain.Count > 0)
            _doubts.Add(string.Create(CultureInfo.InvariantCulture, $"Of {_uncertain.Count} back-ups that are not in the stores it is not known whether they fall into the promised time. The first: {_uncertain[0]} Name the server's TimeZone with its history."));
        if (_elsewhere.Count > 0)
            _doubts.Add(Elsewhere());
        if (_recorded == 0 && taken.Doubts.Count == 0 && _doubts.Count == 0)
            _doubts.Add($"No back-up of {_backups.Key} is recorded since {Moment.Say(_from)}, so nothing was compared. Correct Servers and Database, promise more Days, or see why none is taken.");
        var unread = _backups.Stores.Select(store => store.NotListed).OfType<string>().Concat(_backups.Doubt is { } doubt ? [doubt] : []).ToList();
        // What seems to be missing may be what could not be read; damage that the server recorded is damage wherever it lies.
        return new PromiseFinding(unread.Count > 0 ? _damaged : [.. _damaged, .. _differing], string.Join(" ", taken.Doubts.Concat(_doubts).Concat(unread)) is { Length: > 0 } said ? said : null)
        {
            Narrowed = _narrowed,
            Notes = _notes,
            Measured = new Dictionary<string, Scalar>
            {
                ["recorded"] = new(_recorded),
                ["recordedFrom"] = Scalar.OfMoment(taken.Servers.Select(server => server.Begins).Min()),
                ["asOf"] = Scalar.OfMoment(taken.Servers.Select(server => (DateTimeOffset?)server.From.History.AsOf).Min()),
            },
        };
    }

    private void Compare(ServerRecords server)
    {
        foreach (var set in server.Sets.OrderBy(set => set.Started?.Earliest))
            Compare(server, set);
        if (server.NotSince(_from, _backups) is { } doubt)
            _doubts.Add(doubt);
        if (server.From.History.AsOf <= _from)
            _doubts.Add($"{server.From.Place}: it is of {Moment.Say(server.From.History.AsOf)}, from before the promised time, and says nothing of what was backed up in it. Export it anew.");
        CompareFiles(server);
        _narrowed.Add($"What was backed up since {Moment.Say(server.From.History.AsOf)} is not recorded here.");
        var forks = server.Sets.Where(set => set.Started?.Latest >= _from).Select(set => set.RecoveryFork).OfType<Guid>().Distinct().Count();
        if (forks > 1)
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"The log of {server.Name} forked: {forks} recovery forks are recorded. The database was restored or reverted meanwhile, and no sequence of back-ups leads across."));
        if (server.Sets.Count(set => set.HasIncompleteMetadata && set.Started?.Latest >= _from) is > 0 and var tails)
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{tails} of the recorded back-ups are of the tail of the log with incomplete metadata."));
    }

    private void Compare(ServerRecords server, RecordedBackup set)
    {
        var kept = _kept[set.Id].ToList();
        if (Started(set, kept) is not { } started)
        {
            _uncertain.Add($"a {set.KindWord} back-up whose start is not recorded.");
            return;
        }
        if (started.Latest < _from)
            return;
        var finished = set.Finished ?? started;
        if (kept.Count == 0 && (finished.Earliest > _due || started.Earliest > _due))
            return;
        if (kept.Count == 0 && (started.Earliest < _from || finished.Latest > _due))
        {
            _uncertain.Add($"a {set.KindWord} back-up begun {started}.");
            return;
        }
        _recorded++;
        if (set.IsDamaged)
            _damaged.Add(new Finding(KeepingFindings.Unusable, Detail: $"{Said(server, set, started)} is recorded as damaged: the database was, when it was taken. Run DBCC CHECKDB, and take another back-up of what is whole."));
        if (kept.Count > 0)
            CompareKept(server, set, kept);
        else if (set.WentNowhere)
            AddNowhere(server, set, started);
        else if (set.WentToAnotherProduct)
            _elsewhere.Add(set);
        else
            _differing.Add(new Finding(KeepingFindings.Gap, Detail: $"{Said(server, set, started)} was written to {Devices(set)} and lies in none of {Stores}.{(_notCurrent.Contains(set.Id) ? " A copy that was deleted, archived or written over is left of it." : "")} Find out where it is, and who may read it there."));
    }

    // What is copy-only carries nothing that others rest on: it is how the speed of reading is measured.
    private void AddNowhere(ServerRecords server, RecordedBackup set, RecordedMoment started)
    {
        if (set.IsCopyOnly)
            _notes.Add($"{Said(server, set, started)} was written to the null device, and nothing rests on it.");
        else
            _differing.Add(new Finding(KeepingFindings.Gap, Detail: $"{Said(server, set, started)} was written to the null device and is nowhere: {(set.Type == "L" ? "its log is gone, and no sequence of back-ups leads across" : "later differentials rest on it, and cannot be restored")}. Take a full back-up, and find out what backs up to there."));
    }

    private void CompareKept(ServerRecords server, RecordedBackup set, List<BackupSet> kept)
    {
        var file = kept.Find(candidate => candidate.IsUsable && Differences(set, candidate).Count == 0);
        if (file is not null)
            return;
        file = kept.Find(candidate => candidate.IsUsable) ?? kept[0];
        if (Differences(set, file) is { Count: > 0 } differences)
        {
            _differing.AddRange(differences.Select(difference => new Finding(FindingKinds.ValueDiffers, Source: new Scalar(difference.Recorded), Target: new Scalar(difference.Kept),
                Detail: $"{file.Path} has another {difference.What} than {server.Name} recorded of that back-up. It is not what was taken: see what it is with RESTORE HEADERONLY, and find out who put it here.")));
            return;
        }
        var problem = file.HasAllStripes ? "is cut off or contradicts itself" : string.Create(CultureInfo.InvariantCulture, $"is there with {file.Files.Count} of {file.Header.FamilyCount} stripes");
        _differing.Add(new Finding(KeepingFindings.Unusable, Detail: $"{file.Path} {problem}: the back-up that {server.Name} recorded cannot be restored from it. Bring it from {Devices(set)}, or take another."));
    }

    /// <summary>The files that a server took by their headers and does not know of.</summary>
    /// <remarks>
    /// Rows are deleted by age, so after the oldest that is there every one is. Before it nothing follows from there being none: then what was
    /// recorded in that time is not known at all. A row is written when a back-up has finished, so one is demanded only of files that are
    /// whole and were finished well before the history was read.
    /// </remarks>
    private void CompareFiles(ServerRecords server)
    {
        var recorded = server.Sets.Select(set => set.Id).ToHashSet();
        var unknown = _backups.Copies
            .Where(copy => copy.Copy.State == CopyState.Current && copy.Header is BackupHeaderOutcome.Read { Header: { IsZoneKnown: true } header } && header.Server.Equals(server.Name, StringComparison.OrdinalIgnoreCase)
                && header.Started >= _from && IsFinishedBy(header, server.From.History.AsOf - Recording) && !recorded.Contains(header.BackupSetId))
            .DistinctBy(copy => copy.Header!.HeaderIfAny!.BackupSetId).ToList();
        var before = unknown.Where(copy => !(copy.Header!.HeaderIfAny!.Started >= server.Begins)).ToList();
        foreach (var copy in unknown.Except(before))
        {
            _differing.Add(new Finding(KeepingFindings.Misplaced, Detail: $"{copy.Place} says that {server.Name} took it {Moment.Say(copy.Header!.HeaderIfAny!.Started)}, and {server.Name}, which knows of back-ups since {Moment.Say(server.Begins!.Value)}, has no record of it. Its row was deleted by itself, or the file is not what it says: find out who put it here."));
        }
        if (before.Count > 0)
            _doubts.Add(string.Create(CultureInfo.InvariantCulture, $"{server.From.Place}: of {_backups.Key} {server.Name} knows nothing from before {(server.Begins is { } begins ? Moment.Say(begins) : "now")}, and the stores hold {before.Count} back-ups of the promised time from before it. Its history was deleted, or began anew."));
    }

    // Where clocks were set back meanwhile, it finished later than it says, by less than is waited.
    private static bool IsFinishedBy(BackupHeader header, DateTimeOffset moment) => header.Started <= moment && !(header.Finished > moment);

    // A header that knows its zone is exact where msdb's local time may be two moments.
    private static RecordedMoment? Started(RecordedBackup set, List<BackupSet> kept) =>
        set.Started is { IsExact: true } exact ? exact
        : kept.Find(file => file.Header.IsZoneKnown) is { } file ? RecordedMoment.At(file.Header.Started)
        : set.Started;

    private static List<(string What, string Recorded, string Kept)> Differences(RecordedBackup set, BackupSet file)
    {
        var header = file.Header;
        var differences = new List<(string, string, string)>();
        if (set.Kind is { } kind && kind != header.Kind)
            differences.Add(("kind", kind.ToString(), header.Kind.ToString()));
        var lsns = new (string What, Lsn? Recorded, Lsn Kept)[]
        {
            ("first LSN", set.FirstLsn, header.FirstLsn),
            ("last LSN", set.LastLsn, header.LastLsn),
            ("checkpoint LSN", set.CheckpointLsn, header.CheckpointLsn),
            ("database backup LSN", set.DatabaseBackupLsn, header.DatabaseBackupLsn),
        };
        differences.AddRange(lsns.Where(lsn => lsn.Recorded is { } recorded && recorded != lsn.Kept).Select(lsn => (lsn.What, lsn.Recorded!.Value.ToString(), lsn.Kept.ToString())));
        return differences;
    }

    private string Stores => string.Join(", ", _backups.Stores.Select(store => store.Store));

    private static string Said(ServerRecords server, RecordedBackup set, RecordedMoment started) =>
        $"The {set.KindWord} back-up that {server.Name} began {started}, of LSN {set.FirstLsn?.ToString() ?? "unknown"} to {set.LastLsn?.ToString() ?? "unknown"},";

    private static string Devices(RecordedBackup set) => set.Devices.Count == 0
        ? "a device that is not recorded"
        : string.Join(" and ", set.Devices.Select(device => device.Name ?? "a device without a name").Distinct(StringComparer.Ordinal).Take(4));

    private string Elsewhere()
    {
        var logs = _elsewhere.Count(set => set.Type == "L");
        var bases = _elsewhere.Count(set => set is { Type: "D", IsCopyOnly: false });
        return string.Create(CultureInfo.InvariantCulture, $"{_elsewhere.Count} of the recorded back-ups were handed to another product through a virtual device, and lie in none of {Stores}: where that product keeps them is not visible from here.")
            + (logs > 0 ? string.Create(CultureInfo.InvariantCulture, $" {logs} are of the log, which the chain in these stores lacks.") : "")
            + (bases > 0 ? string.Create(CultureInfo.InvariantCulture, $" {bases} are full and not copy-only, so that later differentials rest on them.") : "")
            + $" What would show them: the product's own list. Its devices: {string.Join(", ", _elsewhere.SelectMany(set => set.Devices).Select(device => device.Name).OfType<string>().Distinct(StringComparer.Ordinal).Take(3))}.";
    }
}
