using System.Globalization;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Watch;

/// <summary>Notices a clock that was set back, by the newest entry of the ledger.</summary>
/// <remarks>
/// Work goes on: a clock that is behind makes nothing early and, as everything is written under a stable id, nothing twice. But it
/// makes everything late until it has caught up, and entries out of order, so somebody has to hear of it; once for each time.
/// </remarks>
internal sealed class ClockCheck(LedgerStore store, Audience audience, Actor actor, TimeProvider time, string project)
{
    private const string Mark = "clock";
    private const string Topic = "clock-set-back";

    /// <summary>What two machines' clocks may be apart.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The latest moment that entries were written at, where the clock has not reached it again; null otherwise.</summary>
    /// <exception cref="LedgerException">The ledger could not be read.</exception>
    public static Task<DateTimeOffset?> AheadAsync(LedgerStore store, TimeProvider time, CancellationToken cancellationToken) => store.ReadAsync(
        async ledger =>
        {
            var marked = await ledger.FirstAsync<string>("SELECT value FROM mark WHERE name = @Mark", new { Mark });
            var latest = new[] { marked is null ? null : Moments.Read(marked), await NewestAsync(ledger) }.Max();
            return latest > time.GetUtcNow() + Tolerance ? latest : null;
        },
        cancellationToken);

    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(NewestAsync, cancellationToken) is { } newest && newest > time.GetUtcNow() + Tolerance)
            await store.WriteAsync(RecordAsync, cancellationToken);
    }

    private async Task<int> RecordAsync(LedgerTransaction ledger)
    {
        if (await NewestAsync(ledger) is not { } newest || newest <= ledger.Now + Tolerance)
            return 0;
        // Told already: another machine, whose clock is right, writes on.
        if (await ledger.MarkAsync(Mark) is { } marked && Moments.Read(marked) > ledger.Now + Tolerance)
            return 0;
        var model = new JsonObject { ["project"] = project, ["clock"] = Moments.Text(ledger.Now), ["newest"] = Moments.Text(newest) };
        // The new entry carries the clock's own time: the next sweep finds the two together and is quiet.
        var entry = await ledger.AppendAsync(new NewEntry(EntryKind.ClockSetBack, "clock", model.DeepClone().AsObject(), actor));
        var id = string.Create(CultureInfo.InvariantCulture, $"{Topic}.{entry.Seq}");
        await ledger.NotifyAsync([new OutgoingNotification(new Notification(id, Topic, model, ledger.Now), entry.Seq, audience.Alerts(id, Topic))]);
        await ledger.SetMarkAsync(Mark, Moments.Text(newest));
        return 1;
    }

    private static async Task<DateTimeOffset?> NewestAsync(LedgerReading ledger)
    {
        var line = await ledger.FirstAsync<string>("SELECT line FROM ledger_entry WHERE seq = (SELECT MAX(seq) FROM ledger_entry)");
        return line is null ? null : EntryLine.Parse(line) is { } entry ? new DateTimeOffset(entry.Time, TimeSpan.Zero) : null;
    }
}
