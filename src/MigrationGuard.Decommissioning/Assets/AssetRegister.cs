using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationGuard.Decommissioning.Obligations;
using MigrationGuard.Ledger.Chain;
using MigrationGuard.Ledger.Outbox;
using MigrationGuard.Ledger.People;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Ledger.Store;

namespace MigrationGuard.Decommissioning.Assets;

/// <summary>The assets in the ledger: registered, changed and closed, never deleted.</summary>
/// <param name="overseer">The role that may close any asset beside its owner.</param>
/// <param name="audience">Who hears that reviews are due no more.</param>
public sealed class AssetRegister(LedgerStore store, PeopleDirectory people, string overseer, Audience audience)
{
    /// <summary>The assets, by name.</summary>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public Task<IReadOnlyList<RegisteredAsset>> ListAsync(bool includeClosed, CancellationToken cancellationToken) => store.ReadAsync<IReadOnlyList<RegisteredAsset>>(
        async ledger => [.. (await AssetTable.ReadAsync(ledger)).Values.Where(asset => includeClosed || !asset.IsClosed).OrderBy(asset => asset.Asset.Name, StringComparer.OrdinalIgnoreCase)],
        cancellationToken);

    /// <summary>An asset by its name in any case, open or closed; null when there is none.</summary>
    /// <exception cref="LedgerException">The store could not be read.</exception>
    public Task<RegisteredAsset?> FindAsync(string name, CancellationToken cancellationToken) =>
        store.ReadAsync(async ledger => (await AssetTable.ReadAsync(ledger)).GetValueOrDefault(name), cancellationToken);

    /// <summary>Registers configured assets that the ledger does not know, and changes those it knows otherwise. One that was closed stays closed; one no longer configured stays as it is.</summary>
    /// <returns>How many were registered or changed.</returns>
    /// <remarks>Reads first, so that what has not changed never waits for a writer, nor keeps one waiting.</remarks>
    /// <exception cref="LedgerException">The store could not be read or written; then nothing was.</exception>
    public async Task<int> SynchroniseAsync(IReadOnlyList<Asset> configured, Actor actor, CancellationToken cancellationToken)
    {
        if (configured.Count == 0)
            return 0;
        var known = await store.ReadAsync(AssetTable.ReadAsync, cancellationToken);
        if (AssetChanges.Of(configured, known).Count == 0)
            return 0;
        return await store.WriteAsync(
            async ledger =>
            {
                // Another process may have written since.
                var changes = AssetChanges.Of(configured, await AssetTable.ReadAsync(ledger));
                await WriteAsync(ledger, changes, "configuration", actor);
                return changes.Count;
            },
            cancellationToken);
    }

    /// <summary>Registers and changes the assets of a CSV file: all of them, or none.</summary>
    /// <param name="file">The file's name, for messages.</param>
    /// <param name="content">UTF-8, with or without a byte order mark.</param>
    /// <param name="configured">Names of the configured assets, which no file may have.</param>
    /// <exception cref="DecommissioningException">Something is wrong with the file; carries everything that is, line by line.</exception>
    /// <exception cref="LedgerException">The store could not be read or written; then nothing was.</exception>
    public async Task<ImportedAssets> ImportAsync(string file, Stream content, IReadOnlyCollection<string> configured, Actor actor, CancellationToken cancellationToken)
    {
        Authority.RequirePerson(people, actor);
        var import = AssetImport.Read(file, content, people, configured);
        return await store.WriteAsync(
            async ledger =>
            {
                var known = await AssetTable.ReadAsync(ledger);
                import.RequireUsable(known, (held, given) => MayChange(held, given, actor));
                var changes = AssetChanges.Of(import.Assets, known);
                await WriteAsync(ledger, changes, "import", actor);
                return new ImportedAssets(changes.Count(change => change.IsNew), changes.Count(change => !change.IsNew), import.Assets.Count - changes.Count);
            },
            cancellationToken);
    }

    /// <summary>Records that an asset is no more, and ends its reviews.</summary>
    /// <param name="reason">Why; always needed.</param>
    /// <returns>The asset as it was closed.</returns>
    /// <exception cref="DecommissioningException">There is none of this name, it is closed already, no reason is given, or the actor may not.</exception>
    /// <exception cref="LedgerException">The store could not be read or written; then nothing was.</exception>
    public Task<RegisteredAsset> CloseAsync(string name, string reason, Actor actor, CancellationToken cancellationToken)
    {
        var said = Authority.RequireReason(reason);
        var person = Authority.RequirePerson(people, actor);
        return store.WriteAsync(
            async ledger =>
            {
                if (!(await AssetTable.ReadAsync(ledger)).TryGetValue(name, out var registered))
                    throw new DecommissioningException($"Asset {name}", "is not in the ledger.", "See what is with: migrationguard assets list --all");
                var asset = registered.Asset;
                if (registered.IsClosed)
                    throw new DecommissioningException($"Asset {asset.Name}", "is closed already, and so never changes.", $"See by whom, and why, with: migrationguard assets show {asset.Name}");
                Authority.RequireAny(people, actor, person, [asset.OwnerRole, overseer], asset.Owner, $"{asset.Name} is closed");
                var payload = new JsonObject { ["asset"] = asset.Name, ["reason"] = said };
                var entry = await ledger.AppendAsync(new NewEntry(EntryKind.AssetClosed, AssetTable.Subject(asset.Name), Authority.Signed(payload, people, person), actor));
                await ledger.ExecuteAsync("UPDATE asset SET closed_seq = @Seq WHERE name = @Name", new { entry.Seq, asset.Name });
                await Withdrawal.OfSubjectAsync(ledger, ObligationSeries.DeletionReview, asset.Name, $"The asset was closed: {said}", audience, actor);
                return registered with { ClosedSeq = entry.Seq };
            },
            cancellationToken);
    }

    // Whose asset it is, and from when its reviews are counted, is not the owner's to change: it would be a way to have none.
    private bool MayChange(Asset held, Asset given, Actor actor) => people.PersonOf(actor) is { } person
        && (people.Holds(person, overseer)
            || (held.GoLive == given.GoLive && held.Owner == given.Owner && held.OwnerRole == given.OwnerRole
                && (person.Equals(held.Owner, StringComparison.OrdinalIgnoreCase) || people.Holds(person, held.OwnerRole))));

    private static async Task WriteAsync(LedgerTransaction ledger, IReadOnlyList<AssetChange> changes, string from, Actor actor)
    {
        var entries = await ledger.AppendAsync(
        [
            .. changes.Select(change => new NewEntry(
                change.IsNew ? EntryKind.AssetRegistered : EntryKind.AssetChanged,
                AssetTable.Subject(change.Asset.Name),
                new JsonObject { ["asset"] = JsonSerializer.SerializeToNode(change.Asset, LedgerJson.Compact), ["from"] = from },
                actor)),
        ]);
        await AssetTable.WriteAsync(ledger, [.. changes.Zip(entries, (change, entry) => (change, entry.Seq))]);
    }
}

/// <summary>What an import came to.</summary>
public sealed record ImportedAssets(int Registered, int Changed, int Unchanged);
