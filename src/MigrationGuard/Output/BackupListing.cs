using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationGuard.Ledger.Runs;
using MigrationGuard.Retention.BackupHeaders;
using MigrationGuard.Retention.BackupPromises;
using MigrationGuard.Retention.Inventory;

namespace MigrationGuard.Output;

/// <summary>What stores hold, as <c>backups list --format json</c> shows it: the contract <c>migrationguard.backups/1</c>.</summary>
/// <remarks>
/// Written as it is read, a copy a line, so that a million of them take no more memory than one. What only the end of a listing shows,
/// <c>notListed</c> and <c>unseen</c>, stands after the copies.
/// </remarks>
internal static class BackupListing
{
    /// <returns>Why stores could not be listed to their end; empty where all were.</returns>
    public static async Task<IReadOnlyList<string>> WriteAsync(IReadOnlyList<InventoryReading> readings, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteAsync("""{ "schema": "migrationguard.backups/1", "stores": [""");
        foreach (var (number, reading) in readings.Index())
        {
            await output.WriteAsync($$"""{{(number > 0 ? "," : "")}}{{"\n"}}{ "store": {{Json(reading.Store.Name)}}, "place": {{Json(reading.Store.Place.TrimEnd(','))}}, "copies": [""");
            var isFirst = true;
            await foreach (var copy in reading.CopiesAsync(cancellationToken))
            {
                await output.WriteAsync((isFirst ? "\n  " : ",\n  ") + Json(ListedCopy.Of(copy)));
                isFirst = false;
            }
            await output.WriteAsync($$""" ],{{"\n"}}  "notListed": {{Json(reading.NotListed)}}, "unseen": {{Json(reading.Unseen)}} }""");
        }
        await output.WriteLineAsync(" ] }");
        return [.. readings.Select(reading => reading.NotListed).OfType<string>()];
    }

    private static string Json<T>(T value) => JsonSerializer.Serialize(value, LedgerJson.Compact);
}

/// <summary>A copy, and what its header says; the members of the header are null where there is none.</summary>
internal sealed record ListedCopy
{
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    [JsonPropertyName("state")]
    public required string State { get; init; }

    [JsonPropertyName("bytes")]
    public required long Bytes { get; init; }

    [JsonPropertyName("modified")]
    public required DateTimeOffset Modified { get; init; }

    /// <summary><c>whole</c> by its beginning and end, <c>truncated</c>, <c>damaged</c>, <c>unreadable</c>, <c>not-a-backup</c> or <c>not-read</c>.</summary>
    [JsonPropertyName("content")]
    public required string Content { get; init; }

    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    [JsonPropertyName("server")]
    public string? Server { get; init; }

    [JsonPropertyName("database")]
    public string? Database { get; init; }

    [JsonPropertyName("kind")]
    public string? Kind { get; init; }

    [JsonPropertyName("started")]
    public DateTimeOffset? Started { get; init; }

    [JsonPropertyName("finished")]
    public DateTimeOffset? Finished { get; init; }

    [JsonPropertyName("firstLsn")]
    public string? FirstLsn { get; init; }

    [JsonPropertyName("lastLsn")]
    public string? LastLsn { get; init; }

    [JsonPropertyName("checkpointLsn")]
    public string? CheckpointLsn { get; init; }

    [JsonPropertyName("databaseBackupLsn")]
    public string? DatabaseBackupLsn { get; init; }

    /// <summary>Which of how many files of the media set it is, such as <c>1/2</c>.</summary>
    [JsonPropertyName("stripe")]
    public string? Stripe { get; init; }

    /// <summary>The back-up set's identity, by which msdb knows it: <c>backup_set_uuid</c>.</summary>
    [JsonPropertyName("backupSetId")]
    public Guid? BackupSetId { get; init; }

    public static ListedCopy Of(InventoriedCopy copy)
    {
        var (content, reason) = ContentOf(copy);
        var header = copy.Header?.HeaderIfAny;
        return new ListedCopy
        {
            Name = copy.Copy.Address,
            State = copy.Copy.State.ToString().ToLowerInvariant(),
            Bytes = copy.Copy.Length,
            Modified = copy.Copy.Modified,
            Content = content,
            Reason = reason,
            Server = header?.Server,
            Database = header?.Database,
            Kind = header?.Kind.ToString().ToLowerInvariant(),
            Started = header?.Started,
            Finished = header?.Finished,
            FirstLsn = header?.FirstLsn.ToString(),
            LastLsn = header?.LastLsn.ToString(),
            CheckpointLsn = header?.CheckpointLsn.ToString(),
            DatabaseBackupLsn = header?.DatabaseBackupLsn.ToString(),
            BackupSetId = header?.BackupSetId,
            Stripe = header is null ? null : FormattableString.Invariant($"{header.FamilyNumber}/{header.FamilyCount}"),
        };
    }

    private static (string Content, string? Reason) ContentOf(InventoriedCopy copy) => copy.Header switch
    {
        BackupHeaderOutcome.Read => ("whole", null),
        BackupHeaderOutcome.Truncated truncated => ("truncated", truncated.Reason),
        BackupHeaderOutcome.Damaged damaged => ("damaged", damaged.Reason),
        BackupHeaderOutcome.Unreadable unreadable => ("unreadable", unreadable.Reason),
        BackupHeaderOutcome.NotABackup not => ("not-a-backup", not.Reason),
        _ => ("not-read", copy.NotRead ?? (copy.Copy.State == CopyState.Deleted ? "It is deleted; a deleted copy cannot be read until it is brought back." : "It is in the archive.")),
    };
}
