namespace MigrationGuard.Evidence.Documents;

/// <summary>How something stands.</summary>
/// <remarks>A tone is only ever shown by its word; the colour is beside it, so that nobody needs to see colours.</remarks>
public enum Tone
{
    Kept,
    Breached,
    Unproven,
    Match,
    Mismatch,
    Accepted,
    NotChecked,
    Go,
    NoGo,
    Incomplete,
    Supported,
    Unsupported,
    Warning,
}

/// <summary>Tones as they are written.</summary>
public static class Tones
{
    public static string Word(this Tone tone) => tone switch
    {
        Tone.Kept => "kept",
        Tone.Breached => "breached",
        Tone.Unproven => "unproven",
        Tone.Match => "match",
        Tone.Mismatch => "mismatch",
        Tone.Accepted => "accepted",
        Tone.NotChecked => "not checked",
        Tone.Go => "GO",
        Tone.NoGo => "NO-GO",
        Tone.Incomplete => "INCOMPLETE",
        Tone.Supported => "supported",
        Tone.Unsupported => "unsupported",
        Tone.Warning => "warning",
        _ => throw new ArgumentOutOfRangeException(nameof(tone)),
    };

    /// <summary>The colours that the tone is shown in: four are enough, since the word tells apart what shares one.</summary>
    internal static ToneColour Colour(this Tone tone) => tone switch
    {
        Tone.Kept or Tone.Match or Tone.Go or Tone.Supported => ToneColour.Good,
        Tone.Breached or Tone.Mismatch or Tone.NoGo => ToneColour.Bad,
        Tone.Accepted => ToneColour.Decided,
        _ => ToneColour.Open,
    };
}

/// <summary>A pair of colours, ink on ground, with a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3), in six hexadecimal digits.</summary>
internal sealed record ToneColour(string Name, string Ink, string Ground)
{
    public static readonly ToneColour Good = new("good", "00602B", "E3F3E9");
    public static readonly ToneColour Bad = new("bad", "FFFFFF", "A4161A");
    public static readonly ToneColour Open = new("open", "0B0C0C", "FFD35C");
    public static readonly ToneColour Decided = new("decided", "124A7D", "FFFFFF");

    public static readonly IReadOnlyList<ToneColour> All = [Good, Bad, Open, Decided];
}
