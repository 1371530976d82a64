namespace MigrationGuard.Verification.Segments;

/// <summary>Where a reading that goes in parts keeps them as they are done, and finds those that an earlier process did.</summary>
/// <param name="Run">The run whose parts they are.</param>
/// <param name="LoadAsync">The parts there are, in the order of their numbers, each a JSON document.</param>
/// <param name="KeepAsync">Keeps a part under its number; completes once it is durable.</param>
public sealed record SegmentLog(string Run, Func<CancellationToken, Task<IReadOnlyList<string>>> LoadAsync, Func<int, string, CancellationToken, Task> KeepAsync);
