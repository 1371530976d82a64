using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Anchors;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Checkpoints;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Watch;

/// <summary>Holds the chain against the last checkpoint kept outside the store, and then keeps the next one there.</summary>
/// <remarks>
/// <para>A chain proves its order and not its length: who administers the store could rewrite all of it. What was signed and kept
/// where they cannot reach is what shows that, so it is read from there and never from the store.</para>
/// <para>Each place has a due time of its own: one that cannot be reached stays due, fails the sweep, and so is tried again and told
/// of like any other work that keeps failing. What cannot be read gets no new checkpoint: a larger one would hide what it holds.</para>
/// <para>The store's word that nothing is due yet is not enough, as it would put off for ever what finds changes of the store: each
/// process keeps its last rounds itself, begins with one of each place, and tells of a place that nothing was kept in for too long.</para>
/// </remarks>
/// <param name="mailTo">Keys of the people who get every checkpoint by mail.</param>
internal sealed class CheckpointSweep(
    LedgerStore store, IReadOnlyList<ICheckpointAnchor> anchors, IReadOnlyList<string> mailTo, Func<CancellationToken, Task<CheckpointSigners>> openSigners,
    Audience audience, Actor actor, TimeProvider time, TimeSpan every, string project)
{
    private const string Mark = "checkpoint";
    private const string ByMail = "mail";
    private const string Topic = "ledger-checkpoint";
    private const string FailedTopic = "checkpoint-failed";
    private const string Subject = "ledger";

    // What this process did itself. Mail alone begins as if it had been sent: nothing is read back from there, and a restart is no news.
    private readonly Dictionary<string, DateTimeOffset> _rounds = new(StringComparer.Ordinal) { [ByMail] = time.GetUtcNow() };

    /// <summary>Does what is due.</summary>
    /// <exception cref="LedgerException">The ledger could not be read or written, or the certificate cannot sign.</exception>
    /// <exception cref="AnchorException">Places could not be read or written; everything else was done.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var due = Due(Read(await store.ReadAsync(ledger => ledger.FirstAsync<string>("SELECT value FROM mark WHERE name = @Mark", new { Mark }), cancellationToken)));
        if (due.Count == 0)
            return;
        using var signers = await openSigners(cancellationToken);
        var failures = new List<AnchorException>();
        var readings = new List<AnchorReading>();
        foreach (var anchor in anchors.Where(anchor => due.Contains(anchor.Place)))
            await TryAsync(failures, async () => readings.Add(await AnchorReading.OfAsync(anchor, signers, cancellationToken)));
        if (readings.Count > 0 || due.Contains(ByMail))
            await WriteNextAsync(readings, due.Contains(ByMail), signers, failures, cancellationToken);
        if (failures.Count > 0)
            throw failures.Count == 1 ? failures[0] : new AnchorException("Checkpoints", string.Join(" ", failures.Select(failure => failure.Message)), "", failures[0]);
    }

    private async Task WriteNextAsync(List<AnchorReading> readings, bool byMail, CheckpointSigners signers, List<AnchorException> failures, CancellationToken cancellationToken)
    {
        // The places were read first: what others write meanwhile makes the chain longer than they say, never shorter.
        var sizes = readings.Select(reading => reading.Newest?.Checkpoint.Size).OfType<long>().ToList();
        var written = WrittenCheckpoint.Largest(await store.ReadAsync(ledger => ledger.ListCheckpointsAsync(), cancellationToken));
        var chain = await store.ProveAsync([], sizes, cancellationToken);
        var findings = chain.Problems.Take(1).Select(CheckpointFinding.Broken)
            .Concat(readings.SelectMany(reading => reading.Against(chain, written.TryGetValue(reading.Anchor.Place, out var size) ? size : null)))
            .ToList();
        var isSound = chain.Origin is not null && !findings.Any(finding => finding.IsOfChain);
        // While the chain does not hold no checkpoint is written, and that has been told.
        foreach (var reading in isSound ? readings : [])
        {
            await TryAsync(failures, async () =>
            {
                if (await reading.StaleAsync(time.GetUtcNow() - (2 * every), cancellationToken) is { } stale)
                    findings.Add(stale);
            });
        }
        var kept = new List<string>();
        var checkpoint = isSound ? SignedCheckpoint.Sign(chain.Checkpoint, signers.Current) : null;
        if (checkpoint is not null)
        {
            foreach (var anchor in readings.Select(reading => reading.Anchor))
            {
                await TryAsync(failures, async () =>
                {
                    await anchor.KeepAsync(checkpoint, cancellationToken);
                    kept.Add(anchor.Place);
                });
            }
        }
        // A chain that was tampered with is looked at as often as a sound one: each time it would only be found again.
        var done = checkpoint is null ? [.. readings.Select(reading => reading.Anchor.Place), .. byMail ? [ByMail] : Array.Empty<string>()] : kept;
        if (byMail && checkpoint is not null)
            done = [.. done, ByMail];
        await store.WriteAsync(ledger => RecordAsync(ledger, findings, checkpoint, kept, byMail, done), CancellationToken.None);
        foreach (var place in done)
            _rounds[place] = time.GetUtcNow();
    }

    private async Task<int> RecordAsync(
        LedgerTransaction ledger, List<CheckpointFinding> findings, SignedCheckpoint? checkpoint, List<string> kept, bool byMail, List<string> done)
    {
        foreach (var finding in findings)
            await TellAsync(ledger, finding);
        var mailed = byMail && checkpoint is not null;
        if (checkpoint is not null && (kept.Count > 0 || mailed))
            await RecordAsync(ledger, checkpoint, kept, mailed);
        var marks = Read(await ledger.MarkAsync(Mark));
        foreach (var place in done)
            marks[place] = Moments.Text(ledger.Now);
        await ledger.SetMarkAsync(Mark, JsonSerializer.Serialize(marks));
        return findings.Count;
    }

    private async Task RecordAsync(LedgerTransaction ledger, SignedCheckpoint checkpoint, List<string> kept, bool mailed)
    {
        var (origin, size, root) = checkpoint.Checkpoint;
        var written = new WrittenCheckpoint { Origin = origin, Size = size, Root = root, Text = checkpoint.Text, Anchors = kept, Mailed = mailed };
        var entry = await ledger.AppendAsync(new NewEntry(EntryKind.CheckpointWritten, Subject, JsonSerializer.SerializeToNode(written, LedgerJson.Compact)!.AsObject(), actor));
        if (!mailed)
            return;
        var id = FormattableString.Invariant($"{Topic}.{entry.Seq}");
        var model = new JsonObject { ["project"] = project, ["origin"] = origin, ["size"] = size, ["root"] = root, ["checkpoint"] = checkpoint.Text };
        await ledger.NotifyAsync([new OutgoingNotification(new Notification(id, Topic, model, ledger.Now), entry.Seq, audience.Named(id, Topic, mailTo))]);
    }

    private async Task TellAsync(LedgerTransaction ledger, CheckpointFinding finding)
    {
        var id = $"{FailedTopic}.{finding.Id}";
        if (await ledger.FirstAsync<string>("SELECT id FROM notification WHERE id = @id", new { id }) is not null)
            return;
        var model = new JsonObject { ["project"] = project, ["finding"] = finding.Id, ["place"] = finding.Place, ["problem"] = finding.Problem, ["found"] = Moments.Text(ledger.Now) };
        var entry = await ledger.AppendAsync(new NewEntry(EntryKind.CheckpointFailed, Subject, model.DeepClone().AsObject(), actor));
        await ledger.NotifyAsync([new OutgoingNotification(new Notification(id, FailedTopic, model, ledger.Now), entry.Seq, audience.Alerts(id, FailedTopic))]);
    }

    private HashSet<string> Due(Dictionary<string, string> marks)
    {
        var now = time.GetUtcNow();
        // A last time that lies ahead was recorded by a clock that has been set back since.
        bool IsOver(DateTimeOffset last) => last + every <= now || last > now;
        bool IsDue(string place) => !marks.TryGetValue(place, out var mark) || !Moments.TryRead(mark, out var last) || IsOver(last)
            || !_rounds.TryGetValue(place, out var own) || IsOver(own);
        return [.. anchors.Select(anchor => anchor.Place).Concat(mailTo.Count > 0 ? [ByMail] : []).Where(IsDue)];
    }

    private static Dictionary<string, string> Read(string? mark)
    {
        try
        {
            return mark is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(mark) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static async Task TryAsync(List<AnchorException> failures, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (AnchorException e)
        {
            failures.Add(e);
        }
    }
}
