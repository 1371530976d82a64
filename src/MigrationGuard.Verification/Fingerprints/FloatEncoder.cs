namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes floating-point numbers by their bits, as doubles; a single-precision number is a double without loss.</summary>
/// <param name="toSingle">Whether doubles are rounded to single precision.</param>
/// <param name="forSqlite">Whether negative zero and NaN become what SQLite makes of them: zero and NULL.</param>
internal sealed class FloatEncoder(RowBuffer row, bool toSingle, bool forSqlite) : ValueEncoder(row)
{
    public override void Float(double value)
    {
        if (forSqlite && double.IsNaN(value))
            Null();
        else if (forSqlite && value == 0)
            base.Float(0d);
        else
            base.Float(toSingle ? (float)value : value);
    }

    public override void Single(float value) => Float(value);
}
