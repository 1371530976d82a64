using System.Collections;
using System.Runtime.CompilerServices;

namespace MigrationGuard.Evidence.Documents;

/// <summary>A part of a line.</summary>
public abstract record Inline
{
    private Inline() { }

    /// <summary>Plain words.</summary>
    public sealed record Text(string Words) : Inline;

    /// <summary>A name or a value, shown as it is: its own spaces and direction.</summary>
    public sealed record Code(string Value) : Inline;

    public sealed record Emphasis(string Words) : Inline;

    public sealed record Strong(string Words) : Inline;

    /// <summary>A link.</summary>
    /// <param name="Target">An anchor of the same document, <c>#x</c>, or a file of the pack, relative to its root.</param>
    public sealed record Link(string Words, string Target) : Inline
    {
        /// <summary>The anchor it leads to; null for one to a file.</summary>
        public string? Anchor => Target.StartsWith('#') ? Target[1..] : null;
    }

    /// <summary>How something stands: a word, and a colour that says it once more.</summary>
    public sealed record Tag(Tone Tone) : Inline;

    /// <summary>The end of a sentence, after which the next begins on a line of its own where there are lines.</summary>
    public sealed record Break : Inline;

    public static implicit operator Inline(string words) => new Text(words);
}

/// <summary>A line of text.</summary>
[CollectionBuilder(typeof(Line), nameof(Of))]
public sealed class Line(IReadOnlyList<Inline> parts) : IEnumerable<Inline>
{
    public static readonly Line Empty = new([]);

    /// <summary>Whether there is nothing to be read.</summary>
    public bool IsEmpty => parts.Count == 0;

    /// <summary>The first tag; null where there is none.</summary>
    public Tone? Tone => parts.OfType<Inline.Tag>().FirstOrDefault()?.Tone;

    public static Line Of(ReadOnlySpan<Inline> parts) => new(parts.ToArray());

    public IEnumerator<Inline> GetEnumerator() => parts.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public static implicit operator Line(string words) => words.Length == 0 ? Empty : new([new Inline.Text(words)]);

    public static implicit operator Line(Inline part) => new([part]);
}
