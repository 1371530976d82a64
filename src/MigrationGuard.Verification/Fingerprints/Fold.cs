using System.Globalization;

namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Rows brought together whatever their order: how many, and the sum of their digests modulo 2^128.</summary>
/// <remarks>
/// A sum, never an exclusive or, in which two equal rows would cancel. Folds add up, so a table's is that of its segments.
/// </remarks>
public readonly record struct Fold(long Count, UInt128 Sum)
{
    /// <summary>The digits of <see cref="Sum"/>, as engines without wide integers add them: 32 bits each, the lowest first.</summary>
    /// <remarks>Whoever sums limbs by themselves, in 64 bits, may give sums past 32 bits to <see cref="FromLimbs"/>.</remarks>
    public (uint First, uint Second, uint Third, uint Fourth) Limbs =>
        ((uint)Sum, (uint)(Sum >> 32), (uint)(Sum >> 64), (uint)(Sum >> 96));

    /// <summary>The fold of the rows of which this one and <paramref name="digest"/>'s are all.</summary>
    public Fold Add(UInt128 digest) => new(Count + 1, unchecked(Sum + digest));

    public static Fold operator +(Fold left, Fold right) => new(left.Count + right.Count, unchecked(left.Sum + right.Sum));

    /// <summary>The fold whose digests' limbs were summed each by itself, lowest first; what goes past 32 bits is carried.</summary>
    public static Fold FromLimbs(long count, UInt128 first, UInt128 second, UInt128 third, UInt128 fourth) =>
        new(count, unchecked(first + (second << 32) + (third << 64) + (fourth << 96)));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>False for any other text.</returns>
    public static bool TryParse(string text, out Fold fold)
    {
        fold = default;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || text.Length != colon + 33
            || !long.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || !UInt128.TryParse(text.AsSpan(colon + 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var sum))
            return false;
        fold = new Fold(count, sum);
        return true;
    }

    /// <summary>The count, a colon, and the sum as 32 hexadecimal digits.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count}:{Sum:x32}");
}
