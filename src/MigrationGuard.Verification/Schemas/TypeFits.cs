using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Verification.Schemas;

/// <summary>Whether the type of a target's column holds whatever the source's may hold, for any two engines.</summary>
/// <remarks>
/// Widths are compared as characters, bytes, digits and steps of time, never as type names: <c>numeric(9,0)</c> fits an
/// <c>int</c>, whatever the engines. SQLite enforces nothing it declares: where it declares a width, that is what was meant;
/// where it declares none, or has no type of that kind at all, there is nothing to compare.
/// </remarks>
internal static class TypeFits
{
    private static readonly TypeFit Same = new(Fit.Same);
    private static readonly TypeFit Undeclared = new(Fit.Unknown, "the source declares no width");

    /// <summary>The fit of a pair of columns.</summary>
    public static TypeFit Of(Column source, Dialect sourceDialect, Column target, Dialect targetDialect)
    {
        var sameEngine = sourceDialect.Provider == targetDialect.Provider;
        var (sourceType, targetType) = (source.Type, target.Type);
        var sameName = sameEngine && string.Equals(source.StoreType, target.StoreType, StringComparison.OrdinalIgnoreCase);
        if (sameName && sourceType == targetType)
            return Same;
        if (sourceType.Kind == CanonicalKind.Unknown || targetType.Kind == CanonicalKind.Unknown)
            return sameEngine ? new(Fit.Other, "the types are not the same") : new(Fit.Unknown, "the types have no common form");
        if (sourceType.Kind == CanonicalKind.Untyped || targetType.Kind == CanonicalKind.Untyped)
            return new(Fit.Unknown, "a side declares no type");
        if (Classes(sourceType, targetType) is { } fit)
            return Judged(fit, sourceType, targetType, sourceDialect.EnforcesTypes, targetDialect.EnforcesTypes);
        var standing = sourceDialect.EnforcesTypes && targetDialect.EnforcesTypes ? null : Standing(sourceType, targetType, sourceDialect);
        return standing ?? new(Fit.Other, "the types hold values of different kinds");
    }

    // What a width that SQLite did not declare could have been is not known; what it declares is compared like any other.
    private static TypeFit Judged(TypeFit fit, CanonicalType source, CanonicalType target, bool sourceEnforces, bool targetEnforces)
    {
        if (fit.Fit == Fit.Narrower && !targetEnforces && (source.Kind, target.Kind) == (CanonicalKind.TimestampWithZone, CanonicalKind.Timestamp))
            return new(Fit.Unknown, "SQLite's values say their zones themselves");
        if (fit.Fit != Fit.Narrower || sourceEnforces)
            return fit;
        var undeclared = source.Kind switch
        {
            CanonicalKind.Integer => source.Bits is null,
            CanonicalKind.Decimal => source.Precision is null,
            CanonicalKind.Float => target.Kind == CanonicalKind.Decimal,
            CanonicalKind.Text => source.Length is null && target is { IsOfCodePage: false, Kind: CanonicalKind.Text },
            CanonicalKind.Binary => source.Length is null,
            CanonicalKind.Time => source.Resolution is null,
            CanonicalKind.Timestamp => source.Resolution is null && target.Kind != CanonicalKind.Date,
            CanonicalKind.TimestampWithZone => source.Resolution is null && target.Kind == CanonicalKind.TimestampWithZone,
            _ => false,
        };
        return undeclared ? Undeclared : fit;
    }

    // Null where the kinds have nothing in common.
    private static TypeFit? Classes(CanonicalType source, CanonicalType target) => (source.Kind, target.Kind) switch
    {
        _ when IsNumber(source) && IsNumber(target) => NumberFits.Of(source, target),
        (CanonicalKind.Boolean, CanonicalKind.Boolean) or (CanonicalKind.Uuid, CanonicalKind.Uuid) or (CanonicalKind.Xml, CanonicalKind.Xml) => Same,
        (CanonicalKind.Boolean, _) when IsNumber(target) => new(Fit.Wider, "0 and 1 stand for false and true"),
        (_, CanonicalKind.Boolean) when IsNumber(source) => new(Fit.Narrower, "it holds only true and false"),
        _ when source.IsText && target.IsText => Text(source, target),
        (CanonicalKind.Uuid, _) when target.IsText => target.Length is null or >= 36 ? new(Fit.Wider, "text stands for uuids") : new(Fit.Narrower, "a uuid has 36 characters"),
        (CanonicalKind.Json, CanonicalKind.Json) => new(Fit.Unknown, "the types keep JSON in different forms"),
        (CanonicalKind.Json or CanonicalKind.Xml, _) when target.IsText => target.Length is null ? new(Fit.Wider, "text stands for documents") : new(Fit.Narrower, "its length is bounded"),
        (CanonicalKind.Binary, CanonicalKind.Binary) => Binary(source, target),
        (CanonicalKind.Time, CanonicalKind.Time) => Steps(source, target),
        _ when source.IsMoment && target.IsMoment => Moments(source, target),
        _ => null,
    };

    // SQLite has no types of these kinds: another stands for them, and its values say more than its declaration.
    private static TypeFit? Standing(CanonicalType source, CanonicalType target, Dialect sourceDialect)
    {
        var (sqlite, other) = sourceDialect.EnforcesTypes ? (target, source) : (source, target);
        var stands = other.Kind switch
        {
            CanonicalKind.Uuid => sqlite.IsText || sqlite.Kind == CanonicalKind.Binary,
            CanonicalKind.Date or CanonicalKind.Time or CanonicalKind.Timestamp or CanonicalKind.TimestampWithZone => sqlite.IsText || IsNumber(sqlite),
            CanonicalKind.Json or CanonicalKind.Xml or CanonicalKind.Decimal => sqlite.IsText,
            _ => false,
        };
        return stands ? new(Fit.Unknown, "SQLite has no such type of its own") : null;
    }

    private static TypeFit Text(CanonicalType source, CanonicalType target)
    {
        if (target.IsOfCodePage && !source.IsOfCodePage)
            return new(Fit.Narrower, "it holds only the characters of its code page");
        if (target.Kind == CanonicalKind.PaddedText && source.Kind != CanonicalKind.PaddedText)
            return new(Fit.Narrower, "it pads with spaces, so that trailing ones are lost");
        var lengths = Lengths(source.Length, target.Length, "characters");
        return lengths.Fit == Fit.Same && (source.Kind != target.Kind || source.IsOfCodePage != target.IsOfCodePage) ? new(Fit.Wider, null) : lengths;
    }

    private static TypeFit Binary(CanonicalType source, CanonicalType target)
    {
        if (target.IsPadded && !source.IsPadded)
            return new(Fit.Narrower, "it pads with zero bytes, so that a value's own length is lost");
        var lengths = Lengths(source.Length, target.Length, "bytes");
        return lengths.Fit == Fit.Same && source.IsPadded != target.IsPadded ? new(Fit.Wider) : lengths;
    }

    private static TypeFit Lengths(int? source, int? target, string unit) => (source, target) switch
    {
        _ when source == target => Same,
        (_, null) => new(Fit.Wider),
        (null, _) => new(Fit.Narrower, string.Create(CultureInfo.InvariantCulture, $"it holds {target} {unit}, the source any number")),
        _ => source > target ? new(Fit.Narrower, string.Create(CultureInfo.InvariantCulture, $"it holds {target} {unit}, the source {source}")) : new(Fit.Wider),
    };

    private static TypeFit Moments(CanonicalType source, CanonicalType target) => (source.Kind, target.Kind) switch
    {
        (CanonicalKind.Date, CanonicalKind.Date) => Same,
        (CanonicalKind.Date, _) => new(Fit.Wider, "dates have become dates and times"),
        (_, CanonicalKind.Date) => new(Fit.Narrower, "it holds no time of day"),
        (CanonicalKind.TimestampWithZone, CanonicalKind.Timestamp) => new(Fit.Narrower, "it holds no zone"),
        (CanonicalKind.Timestamp, CanonicalKind.TimestampWithZone) when Steps(source, target) is { IsError: false } => new(Fit.Wider, "readings have been given a zone"),
        _ => Steps(source, target),
    };

    private static TypeFit Steps(CanonicalType source, CanonicalType target) => (source.Resolution, target.Resolution) switch
    {
        _ when source.Resolution == target.Resolution => Same,
        (_, null) => new(Fit.Wider),
        (null, { } coarse) => new(Fit.Narrower, $"its step is {coarse}, the source's that of each value"),
        ({ } fine, { } coarse) => coarse > fine ? new(Fit.Narrower, $"its step is {coarse}, the source's {fine}") : new(Fit.Wider),
    };

    private static bool IsNumber(CanonicalType type) => type.Kind is CanonicalKind.Integer or CanonicalKind.Decimal or CanonicalKind.Float;
}
