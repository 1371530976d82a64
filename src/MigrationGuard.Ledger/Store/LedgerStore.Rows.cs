using System.Security.Cryptography;

namespace MigrationGuard.Ledger.Store;

public sealed partial class LedgerStore
{
    private const int ProjectKeyBytes = 32;

    private const string SelectProjectKey = "SELECT secret FROM project_key";

    /// <summary>The key of this project's digests, 32 random bytes; made when it is first asked for, and the same ever after.</summary>
    /// <remarks>It is never shown, exported or logged: a digest cannot be guessed back to a value by whoever has not the store.</remarks>
    /// <exception cref="LedgerException">The store could not be read, or the key not be written.</exception>
    public async Task<byte[]> ProjectKeyAsync(CancellationToken cancellationToken) =>
        await _connections.ReadAsync(session => session.FirstAsync<byte[]>(SelectProjectKey), cancellationToken)
        ?? await _connections.WriteAsync(MakeProjectKeyAsync, cancellationToken);

    /// <summary>Adds what an unfinished run has read of one part of an entity; durable when it returns.</summary>
    /// <param name="ordinal">The entity's place in the run.</param>
    /// <param name="segment">The part's number within the entity.</param>
    /// <param name="document">What was read, in JSON.</param>
    /// <exception cref="LedgerException">The run is unknown or finished, the part is there already, or it is not in the ledger.</exception>
    public Task AddSegmentAsync(string run, int ordinal, int segment, string document, CancellationToken cancellationToken) =>
        WriteAsync(ledger => ledger.AddSegmentAsync(run, ordinal, segment, document), cancellationToken);

    /// <summary>What an unfinished run has read of an entity's parts, in the order of their numbers.</summary>
    /// <param name="ordinal">The entity's place in the run.</param>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public Task<IReadOnlyList<string>> ListSegmentsAsync(string run, int ordinal, CancellationToken cancellationToken) => _connections.ReadAsync(
        session => session.ListAsync<string>("SELECT document FROM run_segment WHERE run_id = @run AND ordinal = @ordinal ORDER BY segment", new { run, ordinal }),
        cancellationToken);

    // Asked once more: another process may have made it while this one waited to write.
    private static async Task<byte[]> MakeProjectKeyAsync(StoreSession session)
    {
        if (await session.FirstAsync<byte[]>(SelectProjectKey) is { } known)
            return known;
        var secret = RandomNumberGenerator.GetBytes(ProjectKeyBytes);
        await session.ExecuteAsync("INSERT INTO project_key (id, secret) VALUES (1, @secret)", new { secret });
        return secret;
    }
}

public sealed partial class LedgerTransaction
{
    /// <summary>Adds what an unfinished run has read of one part of an entity.</summary>
    /// <returns>How many rows were added: one.</returns>
    /// <exception cref="LedgerException">The run is unknown or finished.</exception>
    public async Task<int> AddSegmentAsync(string run, int ordinal, int segment, string document)
    {
        await RequireUnfinishedAsync(run);
        return await ExecuteAsync(
            "INSERT INTO run_segment (run_id, ordinal, segment, document) VALUES (@run, @ordinal, @segment, @document)",
            new { run, ordinal, segment, document });
    }

    // What the parts came to stands in the results: kept longer, they would be a second claim that nothing is held against.
    private Task RemoveSegmentsAsync(string run) => ExecuteAsync("DELETE FROM run_segment WHERE run_id = @run", new { run });
}
