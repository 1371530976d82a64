using System.Text;

namespace MigrationGuard.Tests.Retention.Inventory;

/// <summary>What the fake service answers.</summary>
internal sealed record FakeAnswer(int Status, byte[] Body)
{
    /// <summary>Those without a value are not sent.</summary>
    public IReadOnlyList<(string Name, string? Value)> Headers { get; init; } = [];

    /// <summary>Whether it lacks what marks the service's answers.</summary>
    public bool IsForeign { get; init; }

    public static FakeAnswer To(BlobFault fault) => fault.Foreign is { } page
        ? new FakeAnswer(fault.Status, Encoding.UTF8.GetBytes(page)) { IsForeign = true, Headers = [("Content-Type", "text/html")] }
        : new FakeAnswer(fault.Status, fault.Code is { } code ? BlobListingXml.Error(code, fault.Detail) : []) { Headers = [("x-ms-error-code", fault.Code), ("Retry-After", fault.RetryAfter)] };
}
