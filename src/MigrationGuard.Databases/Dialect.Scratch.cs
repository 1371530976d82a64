using System.Data.Common;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases;

// Tables of this program's own making, beside databases that it verifies: nothing here is ever used on those.
public abstract partial class Dialect
{
    /// <summary>The column type, as a <c>CREATE TABLE</c> spells it, that holds values of a canonical type as they are; null where the engine has none.</summary>
    public abstract string? Declare(CanonicalType type);

    /// <summary>Adds the value that is to be written into a column of <see cref="Declare"/>.</summary>
    /// <param name="value">
    /// Null, <see cref="long"/>, the digits of a decimal as <see cref="string"/>, <see cref="double"/>, <see cref="float"/>, <see cref="bool"/>,
    /// <see cref="string"/>, <see cref="Guid"/>, <see cref="DateOnly"/>, <see cref="TimeOnly"/>, <see cref="DateTime"/>,
    /// <see cref="DateTimeOffset"/>, or an array of <see cref="byte"/>.
    /// </param>
    public abstract void AddValue(DbCommand command, string name, CanonicalType type, object? value);
}
