namespace MigrationGuard.Tests.Retention.Inventory;

internal enum BlobOperation
{
    ListBlobs,
    GetBlob,
    GetContainerProperties,
    GetServiceProperties,
    GetAccountInfo,
}

/// <summary>A request as the fake service understood it.</summary>
/// <param name="Blob">The name, where it is of a blob.</param>
/// <param name="Include">What a listing is to show besides current blobs.</param>
/// <param name="Marker">Where a listing goes on; empty for its beginning.</param>
/// <param name="Offset">The first byte of the range.</param>
/// <param name="Time">How many of this operation came before, and itself.</param>
internal sealed record BlobCall(BlobOperation Operation, string Blob, IReadOnlyList<string> Include, string Marker, long Offset, int Time)
{
    public bool IsLaterPage => Operation == BlobOperation.ListBlobs && Marker.Length > 0;
}

/// <summary>What the service does in place of its work.</summary>
internal sealed record BlobFault(int Status, string? Code = null)
{
    /// <summary>The service's own words for an <c>AuthenticationErrorDetail</c>.</summary>
    public string? Detail { get; init; }

    /// <summary>The value of Retry-After.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Bytes of the right answer that are sent before the connection is cut; null for an answer with <see cref="Status"/>.</summary>
    public int? CutAfter { get; init; }

    /// <summary>Whether the bytes before the cut are passed off as all there are.</summary>
    public bool HidesTheCut { get; init; }

    /// <summary>Whether nothing is answered at all.</summary>
    public bool IsSilent { get; init; }

    /// <summary>A body that is not the service's, sent without what marks the service's answers.</summary>
    public string? Foreign { get; init; }

    public static BlobFault Cut(int after) => new(200) { CutAfter = after };

    /// <summary>As documented for a signature whose time is over.</summary>
    public static BlobFault ExpiredSignature => new(403, "AuthenticationFailed")
    {
        Detail = "Signature not valid in the specified time frame: Start [Sat, 01 Mar 2025 00:00:00 GMT] - Expiry [Sun, 02 Mar 2025 00:00:00 GMT] - Current [Sun, 09 Mar 2025 22:45:00 GMT]",
    };

    public static BlobFault SkewedClock => new(403, "AuthenticationFailed") { Detail = "Request date header too old: 'Sun, 09 Mar 2025 19:45:00 GMT'" };
}
