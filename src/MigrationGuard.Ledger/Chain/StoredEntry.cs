using System.Data.Common;

namespace MigrationGuard.Ledger.Chain;

/// <summary>An entry and its payload as the store has them; the payload's parts are null when it was erased, its kind too when it was removed.</summary>
internal sealed record StoredEntry
{
    public long Seq { get; init; }

    public string Line { get; init; } = "";

    public string Hash { get; init; } = "";

    public string? PayloadKind { get; init; }

    public byte[]? Salt { get; init; }

    public byte[]? Payload { get; init; }

    /// <summary>An entry as <see cref="Store.LedgerReading.SelectEntries"/> answers it.</summary>
    /// <remarks>Each value is to be of the very type that it was written as: no driver is asked to make one of another.</remarks>
    /// <exception cref="InvalidCastException">A value is of another type.</exception>
    public static StoredEntry Read(DbDataReader row) => new()
    {
        Seq = (long)row.GetValue(0),
        Line = (string)row.GetValue(1),
        Hash = (string)row.GetValue(2),
        PayloadKind = Nullable<string>(row.GetValue(3)),
        Salt = Nullable<byte[]>(row.GetValue(4)),
        Payload = Nullable<byte[]>(row.GetValue(5)),
    };

    public bool IsErased => PayloadKind is not null && Salt is null && Payload is null;

    /// <summary>Whether the payload is there and is the one with this hash.</summary>
    public bool Has(string payloadHash) =>
        Salt is not null && Payload is not null && new SealedPayload(Salt, Payload).Hash == payloadHash;

    private static T? Nullable<T>(object value)
        where T : class => value is DBNull ? null : (T)value;
}
