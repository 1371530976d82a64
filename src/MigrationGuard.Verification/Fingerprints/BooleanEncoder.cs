namespace MigrationGuard.Verification.Fingerprints;

/// <summary>Writes truth values, and the 0 and 1 that SQLite has for them.</summary>
internal sealed class BooleanEncoder(RowBuffer row) : ValueEncoder(row)
{
    public override void Integer(long value)
    {
        if (value is 0 or 1)
            Boolean(value == 1);
        else
            base.Integer(value);
    }
}
