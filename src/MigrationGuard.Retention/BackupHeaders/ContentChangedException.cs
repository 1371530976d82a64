namespace MigrationGuard.Retention.BackupHeaders;

/// <summary>Content is no longer what it was when it was listed.</summary>
/// <remarks>Not damage: somebody deleted it, or writes it anew at this moment. Listed again, it may be read.</remarks>
public sealed class ContentChangedException : IOException
{
    private ContentChangedException(string message, bool isGone, Exception? inner)
        : base(message, inner) => IsGone = isGone;

    /// <summary>Whether nothing is there any more; otherwise something else is.</summary>
    public bool IsGone { get; }

    /// <param name="name">What was read, as its owner would find it.</param>
    public static ContentChangedException Gone(string name, Exception? inner = null) =>
        new($"{name} is gone: it was deleted or moved after it was listed. List again.", isGone: true, inner);

    /// <param name="name">What was read, as its owner would find it.</param>
    /// <param name="length">The bytes that it was said to have.</param>
    public static ContentChangedException Shorter(string name, long length, Exception? inner = null) =>
        new(FormattableString.Invariant($"{name} has fewer than the {length} bytes that it was listed with: it is being written or was replaced. List again."), isGone: false, inner);

    /// <param name="name">What was read, as its owner would find it.</param>
    public static ContentChangedException Replaced(string name, Exception? inner = null) =>
        new($"{name} was replaced after it was listed. List again.", isGone: false, inner);
}
