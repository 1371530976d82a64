using MigrationGuard.Anchors;

namespace MigrationGuard.Tests.Anchors;

/// <summary>A place for checkpoints that can be taken down and emptied.</summary>
internal sealed class MemoryAnchor(string place) : ICheckpointAnchor
{
    private readonly SortedDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _keptAt = new(StringComparer.Ordinal);

    public string Place => place;

    /// <summary>The clock of the place.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public bool IsDown { get; set; }

    /// <summary>What is there, the smallest checkpoint first.</summary>
    public IReadOnlyList<string> Texts => [.. _texts.Values];

    public void Clear() => _texts.Clear();

    public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => Answer<IReadOnlyList<string>>(() => [.. _texts.Keys]);

    public Task<string> ReadAsync(string name, CancellationToken cancellationToken) => Answer(() => _texts[name]);

    public Task<DateTimeOffset> KeptAtAsync(string name, CancellationToken cancellationToken) => Answer(() => _keptAt[name]);

    public Task<bool> WriteAsync(string name, string text, CancellationToken cancellationToken) => Answer(() => _texts.TryAdd(name, text) && (_keptAt[name] = Time.GetUtcNow()) > default(DateTimeOffset));

    private Task<T> Answer<T>(Func<T> answer) =>
        IsDown ? Task.FromException<T>(new AnchorException(place, "is down.", "Bring it up.")) : Task.FromResult(answer());
}
