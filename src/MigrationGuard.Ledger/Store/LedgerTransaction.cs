using System.Data.Common;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.Runs;

namespace MigrationGuard.Ledger.Store;

/// <summary>Reads the store's tables.</summary>
/// <remarks>Who keeps something in the store keeps its statements beside its own code; the tables themselves are in <c>Schema</c>.</remarks>
public partial class LedgerReading
{
    internal LedgerReading(StoreSession session) => Session = session;

    private protected StoreSession Session { get; }

    /// <summary>The first row; the type's default when there is none.</summary>
    public Task<T?> FirstAsync<T>(string sql, object? parameters = null) => Session.FirstAsync<T>(sql, parameters);

    public Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters = null) => Session.ListAsync<T>(sql, parameters);

    /// <summary>The rows as they come, one in memory at a time; nothing else can be asked meanwhile.</summary>
    public IAsyncEnumerable<T> StreamAsync<T>(string sql, object? parameters = null) => Session.StreamAsync<T>(sql, parameters);

    /// <summary>Asks for rows by very many keys, many with one statement, each row made by hand.</summary>
    /// <param name="sql">Holds <c>@keys</c> where the list of keys goes: <c>WHERE id IN @keys</c>.</param>
    /// <param name="read">Takes a row's columns, asked for from left to right.</param>
    public Task ReadByKeysAsync(string sql, IEnumerable<string> keys, Action<DbDataReader> read) => Session.ReadByKeysAsync(sql, keys, read);

    /// <summary>Asks for rows by their keys, many with one statement.</summary>
    /// <param name="sql">Holds <c>@keys</c> where the list of keys goes: <c>WHERE id IN @keys</c>.</param>
    public Task<IReadOnlyList<T>> ListByKeysAsync<T>(string sql, IEnumerable<string> keys) => Session.ListByKeysAsync<T>(sql, keys);
}

/// <summary>
/// One transaction of the store's only writer: entries of the chain, what somebody is to be told of them, and the tables they
/// change are durable together, or none of them is.
/// </summary>
/// <remarks>As nobody else writes meanwhile, in this process or another, what was read here still holds when it is acted on.</remarks>
public sealed partial class LedgerTransaction : LedgerReading
{
    private readonly EntryAppender _appender;

    internal LedgerTransaction(StoreSession session, EntryAppender appender, TimeProvider time)
        : base(session)
    {
        _appender = appender;
        Now = time.GetUtcNow();
    }

    /// <summary>The moment the transaction began, which is that of its entries.</summary>
    public DateTimeOffset Now { get; }

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => Session.ExecuteAsync(sql, parameters);

    /// <summary>Changes rows by their keys, many with one statement.</summary>
    /// <param name="sql">Holds <c>@keys</c> where the list of keys goes: <c>WHERE id IN @keys</c>.</param>
    /// <returns>How many rows there were.</returns>
    public Task<int> ExecuteByKeysAsync(string sql, IEnumerable<string> keys) => Session.ExecuteByKeysAsync(sql, keys);

    /// <summary>Inserts rows, many with one statement.</summary>
    public Task InsertAsync(string table, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<object?>> rows) =>
        Session.InsertAsync(table, columns, rows);

    /// <summary>Adds an entry to the chain.</summary>
    /// <exception cref="ArgumentException">The subject holds characters that a line cannot.</exception>
    public async Task<EntryLine> AppendAsync(NewEntry entry) => (await _appender.AppendAsync(Session, [entry], Now))[0];

    /// <summary>Adds entries to the chain, in their order.</summary>
    /// <exception cref="ArgumentException">A subject holds characters that a line cannot.</exception>
    public Task<IReadOnlyList<EntryLine>> AppendAsync(IReadOnlyList<NewEntry> entries) => _appender.AppendAsync(Session, entries, Now);

    /// <summary>Puts notifications into the outbox, each under the id of nothing that is there.</summary>
    public async Task NotifyAsync(IReadOnlyList<OutgoingNotification> notifications)
    {
        await Session.InsertAsync(
            "notification",
            ["id", "seq", "topic", "created", "document"],
            notifications.Select(outgoing => (object?[])
            [
                outgoing.Notification.Id, outgoing.AboutEntry, outgoing.Notification.Topic, Moments.Text(outgoing.Notification.Created),
                outgoing.Notification.Model.ToJsonString(LedgerJson.Compact),
            ]));
        await Session.InsertAsync(
            "delivery",
            ["notification_id", "channel", "recipient", "message_id", "attempts", "next_attempt"],
            notifications.SelectMany(outgoing => outgoing.Recipients.Select(recipient => (object?[])
            [
                outgoing.Notification.Id, recipient.Channel, recipient.Name, recipient.MessageId, 0, Moments.Text(outgoing.Notification.Created),
            ])));
    }

    /// <summary>How far a recurring piece of work has come; null when it never began.</summary>
    public Task<string?> MarkAsync(string name) => FirstAsync<string>("SELECT value FROM mark WHERE name = @name", new { name });

    public async Task SetMarkAsync(string name, string value)
    {
        if (await ExecuteAsync("UPDATE mark SET value = @value WHERE name = @name", new { name, value }) == 0)
            await ExecuteAsync("INSERT INTO mark (name, value) VALUES (@name, @value)", new { name, value });
    }
}
