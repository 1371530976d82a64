using System.Globalization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MigrationGuard.Ledger.Store;
using MigrationGuard.Runs.Joined;
using Quartz;

namespace MigrationGuard.Schedule;

/// <summary>Tells the other workers that this one lives, hears of them, and keeps to its share of every connection limit.</summary>
/// <remarks>
/// Life is a value that changes, counted in this worker's own beats: clocks of machines that differ, and a store that keeps
/// everybody waiting, make nobody dead. A row's <c>peers</c> are the workers that its owner has made room for; shares are raised
/// when all agree on them. A worker that is killed leaves its statements to its servers, which end them when they notice.
/// </remarks>
internal sealed partial class WorkerPresence(
    LedgerStore store, JoinedRuns runs, WorkerShares shares, WorkerOptions options, ISchedulerFactory factory, ILogger<WorkerPresence> log) : BackgroundService
{
    // Beats of this worker during which another must be heard of.
    private const int Patience = 3;

    private Dictionary<string, (string Seen, int Beats)> _heard = new(StringComparer.Ordinal);
    private string _me = "";
    private string? _peers;
    private int _atOnce;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!shares.AreShared)
            return;
        // As the scheduler calls itself, so that jobs can be put back for a worker by name.
        _me = (await factory.GetScheduler(stoppingToken)).SchedulerInstanceId;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.ClusterCheckinSeconds), TimeProvider.System);
        do
        {
            try
            {
                await BeatAsync(stoppingToken);
                await runs.ForgetFinishedAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // Whoever cannot tell the others that it lives opens nothing new.
                shares.Withhold();
                NotTold(log, e);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (!shares.AreShared)
            return;
        shares.Withhold();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        try
        {
            await store.WriteAsync(ledger => ledger.ExecuteAsync("DELETE FROM worker WHERE id = @me", new { me = _me }), limit.Token);
        }
        catch (Exception e)
        {
            // The others notice by themselves, a little later.
            NotTold(log, e);
        }
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        var beat = await store.WriteAsync(BeatAsync, cancellationToken);
        _heard = beat.Rows.ToDictionary(
            row => row.Id,
            row => (row.Seen, _heard.TryGetValue(row.Id, out var heard) && heard.Seen == row.Seen ? heard.Beats + 1 : 0),
            StringComparer.Ordinal);
        shares.First = beat.First;
        if (beat.Share is { } share)
            shares.Raise(share);
        if (beat.Peers != _peers)
            Peers(log, beat.Peers);
        _peers = beat.Peers;
        await LimitItemsAsync(cancellationToken);
    }

    private async Task<Beat> BeatAsync(LedgerTransaction ledger)
    {
        var rows = await ledger.ListAsync<WorkerRow>("SELECT id AS Id, started AS Started, seen AS Seen, peers AS Peers FROM worker");
        foreach (var silent in rows.Where(IsSilent))
            await ledger.ExecuteAsync("DELETE FROM worker WHERE id = @Id", new { silent.Id });
        var live = rows.Where(row => !IsSilent(row)).ToList();
        var now = TimeProvider.System.GetUtcNow();
        if (live.Find(row => row.Id == _me) is not { } mine)
        {
            if (_peers is not null)
                shares.Lose();
            mine = await JoinAsync(ledger, live, now);
            live.Add(mine);
        }
        var order = live.OrderBy(row => row.Started, StringComparer.Ordinal).ThenBy(row => row.Id, StringComparer.Ordinal).Select(row => row.Id).ToList();
        var share = new Share(order.Count, order.IndexOf(_me));
        shares.Lower(share);
        var agreed = string.Join(",", order);
        var peers = shares.HasMadeRoom() ? agreed : mine.Peers;
        await ledger.ExecuteAsync("UPDATE worker SET seen = @seen, peers = @peers WHERE id = @me", new { seen = Moments.Text(now), peers, me = _me });
        var settled = peers == agreed && live.All(row => row.Id == _me || row.Peers == agreed);
        return new Beat(live, order[0], agreed, settled ? share : null);
    }

    private bool IsSilent(WorkerRow row) =>
        row.Id != _me && _heard.TryGetValue(row.Id, out var heard) && heard.Seen == row.Seen && heard.Beats >= Patience;

    // Last in the order, whatever its clock says: nobody who has connections loses the last of them to one who joins.
    private async Task<WorkerRow> JoinAsync(LedgerTransaction ledger, List<WorkerRow> live, DateTimeOffset now)
    {
        var last = live.Select(row => Moments.Read(row.Started).AddTicks(1)).DefaultIfEmpty(now).Max();
        var mine = new WorkerRow { Id = _me, Started = Moments.Text(last > now ? last : now) };
        await ledger.ExecuteAsync(
            "INSERT INTO worker (id, host, started, seen, peers) VALUES (@Id, @host, @Started, @seen, '')",
            new { mine.Id, host = Environment.MachineName, mine.Started, seen = Moments.Text(now) });
        return mine;
    }

    // A worker without connections would only take jobs from those who have some.
    private async Task LimitItemsAsync(CancellationToken cancellationToken)
    {
        var atOnce = Math.Min(options.Concurrency, shares.Largest);
        if (atOnce == _atOnce)
            return;
        var scheduler = await factory.GetScheduler(cancellationToken);
        await scheduler.SetExecutionLimits(ExecutionLimitsBuilder.Create().ForGroup(ItemJobs.Group, atOnce, ExecutionLimitScope.Node).Build(), cancellationToken);
        _atOnce = atOnce;
        AtOnce(log, atOnce.ToString(CultureInfo.InvariantCulture));
    }

    /// <param name="Rows">The workers that live.</param>
    /// <param name="Share">What may be opened from now on; null while the others have not made room.</param>
    private sealed record Beat(IReadOnlyList<WorkerRow> Rows, string First, string Peers, Share? Share);

    private sealed record WorkerRow
    {
        public string Id { get; init; } = "";

        public string Started { get; init; } = "";

        public string Seen { get; init; } = "";

        public string Peers { get; init; } = "";
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Workers that share scheduled verifications: {Peers}.")]
    private static partial void Peers(ILogger log, string peers);

    [LoggerMessage(Level = LogLevel.Information, Message = "Entities that this worker compares at once: {AtOnce}.")]
    private static partial void AtOnce(ILogger log, string atOnce);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The other workers could not be told of this one; it opens no new connections until they are.")]
    private static partial void NotTold(ILogger log, Exception exception);
}
