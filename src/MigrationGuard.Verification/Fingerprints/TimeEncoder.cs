using System.Globalization;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes times of day in 100 ns.</summary>
/// <param name="step">What they are brought to; null for nothing.</param>
/// <param name="readsText">Whether text that spells a time (<c>09:30</c>, <c>09:30:00.5</c>) is that time, as in SQLite.</param>
internal sealed class TimeEncoder(RowBuffer row, TimeResolution? step, Rounding rounding, bool readsText) : ValueEncoder(row)
{
    private static readonly string[] Spellings = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    private readonly long _step = step is { } resolution ? TimeSpan.TicksPerSecond * resolution.SecondsPerUnit / resolution.UnitsPerSecond : 1;

    public override void Time(long ticks)
    {
        var raised = rounding == Rounding.Nearest ? ticks + (_step / 2) : ticks;
        base.Time(raised - (raised % _step));
    }

    public override void Text(ReadOnlySpan<byte> utf8)
    {
        Span<char> characters = stackalloc char[32];
        if (readsText && utf8.Length <= characters.Length
            && System.Text.Ascii.ToUtf16(utf8, characters, out var written) == System.Buffers.OperationStatus.Done
            && TimeOnly.TryParseExact(characters[..written], Spellings, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            Time(time.Ticks);
        else
            base.Text(utf8);
    }
}
