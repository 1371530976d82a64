using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store.Verification;

namespace MigrationGuard.Ledger.Store;

/// <summary>The ledger: runs with their results, and the chain of entries that says what was done. Safe for use by many tasks and many processes at once.</summary>
public sealed partial class LedgerStore : IAsyncDisposable
{
    private readonly StoreConnections _connections;
    private readonly EntryAppender _appender;
    private readonly TimeProvider _time;

    // Held open so that SQLite does not fold its -wal file into the store after every single use.
    private readonly DbConnection _anchor;

    private LedgerStore(StoreConnections connections, DbConnection anchor, TimeProvider time)
    {
        _connections = connections;
        _anchor = anchor;
        _time = time;
        _appender = new EntryAppender(time);
    }

    /// <summary>Opens the store; makes it where there is none, and upgrades one of an older version.</summary>
    /// <param name="baseDirectory">What the path of a SQLite file is relative to: the configuration file's directory.</param>
    /// <exception cref="LedgerException">The store cannot be reached, made or upgraded, or is of a newer version.</exception>
    public static Task<LedgerStore> OpenAsync(StoreOptions options, string baseDirectory, TimeProvider time, CancellationToken cancellationToken) =>
        OpenAsync(options, baseDirectory, mustExist: false, time, cancellationToken);

    /// <summary>Opens a store that is there already: asking an empty new one whether all is well would always be answered with yes.</summary>
    /// <param name="baseDirectory">What the path of a SQLite file is relative to: the configuration file's directory.</param>
    /// <exception cref="LedgerException">There is no store; or it cannot be reached or upgraded, or is of a newer version.</exception>
    public static Task<LedgerStore> OpenExistingAsync(StoreOptions options, string baseDirectory, TimeProvider time, CancellationToken cancellationToken) =>
        OpenAsync(options, baseDirectory, mustExist: true, time, cancellationToken);

    private static async Task<LedgerStore> OpenAsync(StoreOptions options, string baseDirectory, bool mustExist, TimeProvider time, CancellationToken cancellationToken)
    {
        var connections = new StoreConnections(options, baseDirectory);
        if (mustExist && connections.FileIsMissing)
            throw NoLedger(connections);
        var schema = StoreSchema.For(connections.Provider);
        var anchor = await connections.OpenAsync(cancellationToken);
        try
        {
            var store = new LedgerStore(connections, anchor, time);
            var version = await StoreSchema.VersionAsync(new StoreSession(anchor, transaction: null, cancellationToken));
            if (mustExist && version == 0)
                throw NoLedger(connections);
            if (version > schema.Newest)
            {
                throw new LedgerException(
                    connections.Place,
                    string.Create(CultureInfo.InvariantCulture, $"the ledger is of version {version}; this program knows versions up to {schema.Newest}."),
                    "Use the program that made it, or a newer one.");
            }
            if (version < schema.Newest)
                await store.UpgradeAsync(schema, time, cancellationToken);
            return store;
        }
        catch
        {
            await anchor.DisposeAsync();
            throw;
        }
    }

    private static LedgerException NoLedger(StoreConnections connections) =>
        new(connections.Place, "there is no ledger here.", "Correct Store in the configuration; a ledger is made by the first migrationguard verify, serve, attest or assets import.");

    /// <summary>Adds an entry to the chain; durable when it returns.</summary>
    /// <param name="subject">The id of what the entry is about: letters, digits and <c>. _ : -</c> only.</param>
    /// <param name="payload">What there is to say of it; kept apart from the chain, so that it can be erased.</param>
    /// <exception cref="LedgerException">The entry is not in the ledger.</exception>
    public Task<EntryLine> AppendAsync(EntryKind kind, string subject, JsonObject payload, Actor actor, CancellationToken cancellationToken) =>
        _connections.WriteAsync(session => _appender.AppendAsync(session, kind, subject, payload, actor), cancellationToken);

    /// <summary>Writes as the store's only writer; durable when it returns, undone when it throws.</summary>
    /// <exception cref="LedgerException">The store could not be reached or written.</exception>
    public Task<T> WriteAsync<T>(Func<LedgerTransaction, Task<T>> work, CancellationToken cancellationToken) =>
        _connections.WriteAsync(session => work(new LedgerTransaction(session, _appender, _time)), cancellationToken);

    /// <summary>Reads on a connection of its own.</summary>
    /// <exception cref="LedgerException">The store could not be reached or read.</exception>
    public Task<T> ReadAsync<T>(Func<LedgerReading, Task<T>> work, CancellationToken cancellationToken) =>
        _connections.ReadAsync(session => work(new LedgerReading(session)), cancellationToken);

    /// <summary>Records the configuration, unless it is what was last recorded.</summary>
    /// <param name="redactedConfigurationJson">A JSON document without secrets.</param>
    /// <returns>Whether an entry was added.</returns>
    /// <exception cref="LedgerException">The ledger could not be read or written.</exception>
    public Task<bool> RecordConfigurationAsync(string redactedConfigurationJson, Actor actor, CancellationToken cancellationToken)
    {
        var configuration = JsonNode.Parse(redactedConfigurationJson)?.ToJsonString(LedgerJson.Compact) ?? "null";
        return _connections.WriteAsync(
            async session =>
            {
                var last = await session.FirstAsync<byte[]>(
                    "SELECT payload FROM ledger_payload WHERE seq = (SELECT MAX(seq) FROM ledger_payload WHERE kind = @kind)",
                    new { kind = EntryKind.ConfigurationChanged.Spelt() });
                if (last is not null && Content(last, "configuration") == configuration)
                    return false;
                var payload = new JsonObject { ["configuration"] = JsonNode.Parse(configuration) };
                await _appender.AppendAsync(session, EntryKind.ConfigurationChanged, "configuration", payload, actor);
                return true;
            },
            cancellationToken);
    }

    /// <summary>Records the approvals that have not been recorded before.</summary>
    /// <returns>How many were added.</returns>
    /// <exception cref="LedgerException">The ledger could not be read or written; then none was added.</exception>
    public Task<int> RecordApprovalsAsync(IReadOnlyList<Approval> approvals, Actor actor, CancellationToken cancellationToken) => _connections.WriteAsync(
        async session =>
        {
            // Held against the payloads, not against hashes of them: an unsalted hash of a name would outlive its erasure.
            var payloads = await session.ListAsync<byte[]>(
                "SELECT payload FROM ledger_payload WHERE kind = @kind AND payload IS NOT NULL",
                new { kind = EntryKind.Approval.Spelt() });
            var known = payloads.Select(payload => Content(payload, "approval")).ToHashSet(StringComparer.Ordinal);
            var added = 0;
            foreach (var approval in approvals)
            {
                var content = JsonSerializer.Serialize(approval, LedgerJson.Compact);
                if (!known.Add(content))
                    continue;
                await _appender.AppendAsync(session, EntryKind.Approval, "expected-difference", new JsonObject { ["approval"] = JsonNode.Parse(content) }, actor);
                added++;
            }
            return added;
        },
        cancellationToken);

    /// <summary>Replays the whole chain and holds against it what the tables say of runs, assets, obligations, notifications and attached files.</summary>
    /// <remarks>Memory grows with what is open, not with what there ever was.</remarks>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public Task<ChainReport> VerifyAsync(CancellationToken cancellationToken) => VerifyAsync([], cancellationToken);

    /// <summary>As <see cref="VerifyAsync(CancellationToken)"/>, and has the chain's Merkle root at sizes it had before.</summary>
    /// <param name="sizes">The sizes of checkpoints that the chain is to be held against.</param>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public Task<ChainReport> VerifyAsync(IReadOnlyCollection<long> sizes, CancellationToken cancellationToken) => _connections.ReadAsync(
        LedgerVerification.Sessions, sessions => LedgerVerification.RunAsync(sessions, sizes, cancellationToken), cancellationToken);

    public ValueTask DisposeAsync() => _anchor.DisposeAsync();

    private Task<int> UpgradeAsync(StoreSchema schema, TimeProvider time, CancellationToken cancellationToken) => _connections.CreateAsync(
        async session =>
        {
            var found = await schema.UpgradeAsync(session, time);
            if (found == 0)
                await _appender.AppendAsync(session, EntryKind.StoreCreated, "store", new JsonObject { ["version"] = schema.Newest }, Actor.OfThisProcess());
            return found;
        },
        cancellationToken);

    private static string? Content(byte[] payload, string member) =>
        JsonNode.Parse(Encoding.UTF8.GetString(payload))?[member]?.ToJsonString(LedgerJson.Compact);
}
