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
        var (a, b) = (source.Type, target.Type);
        var sameName = sameEngine && string.Equals(source.StoreType, target.StoreType, StringComparison.OrdinalIgnoreCase);
        if (sameName && a == b)
            return Same;
        if (a.Kind == CanonicalKind.Unknown || b.Kind == CanonicalKind.Unknown)
            return sameEngine ? new(Fit.Other, "the types are not the same") : new(Fit.Unknown, "the types have no common form");
        if (a.Kind == CanonicalKind.Untyped || b.Kind == CanonicalKind.Untyped)
            return new(Fit.Unknown, "a side declares no type");
        if (Classes(a, b) is { } fit)
            return Judged(fit, a, b, sourceDialect.EnforcesTypes, targetDialect.EnforcesTypes);
        var standing = sourceDialect.EnforcesTypes && targetDialect.EnforcesTypes ? null : Standing(a, b, sourceDialect);
        return standing ?? new(Fit.Other, "the types hold values of different kinds");
    }

    // What a width that SQLite did not declare could have been is not known; what it declares is compared like any other.
    private static TypeFit Judged(TypeFit fit, CanonicalType a, CanonicalType b, bool sourceEnforces, bool targetEnforces)
    {
        if (fit.Fit == Fit.Narrower && !targetEnforces && (a.Kind, b.Kind) == (CanonicalKind.TimestampWithZone, CanonicalKind.Timestamp))
            return new(Fit.Unknown, "SQLite's values say their zones themselves");
        if (fit.Fit != Fit.Narrower || sourceEnforces)
            return fit;
        var undeclared = a.Kind switch
        {
            CanonicalKind.Integer => a.Bits is null,
            CanonicalKind.Decimal => a.Precision is null,
            CanonicalKind.Float => b.Kind == CanonicalKind.Decimal,
            CanonicalKind.Text => a.Length is null && b is { IsOfCodePage: false, Kind: CanonicalKind.Text },
            CanonicalKind.Binary => a.Length is null,
            CanonicalKind.Time => a.Resolution is null,
            CanonicalKind.Timestamp => a.Resolution is null && b.Kind != CanonicalKind.Date,
            CanonicalKind.TimestampWithZone => a.Resolution is null && b.Kind == CanonicalKind.TimestampWithZone,
            _ => false,
        };
        return undeclared ? Undeclared : fit;
    }

    // Null where the kinds have nothing in common.
    private static TypeFit? Classes(CanonicalType a, CanonicalType b) => (a.Kind, b.Kind) switch
    {
        _ when IsNumber(a) && IsNumber(b) => NumberFits.Of(a, b),
        (CanonicalKind.Boolean, CanonicalKind.Boolean) or (CanonicalKind.Uuid, CanonicalKind.Uuid) or (CanonicalKind.Xml, CanonicalKind.Xml) => Same,
        (CanonicalKind.Boolean, _) when IsNumber(b) => new(Fit.Wider, "0 and 1 stand for false and true"),
        (_, CanonicalKind.Boolean) when IsNumber(a) => new(Fit.Narrower, "it holds only true and false"),
        _ when a.IsText && b.IsText => Text(a, b),
        (CanonicalKind.Uuid, _) when b.IsText => b.Length is null or >= 36 ? new(Fit.Wider, "text stands for uuids") : new(Fit.Narrower, "a uuid has 36 characters"),
        (CanonicalKind.Json, CanonicalKind.Json) => new(Fit.Unknown, "the types keep JSON in different forms"),
        (CanonicalKind.Json or CanonicalKind.Xml, _) when b.IsText => b.Length is null ? new(Fit.Wider, "text stands for documents") : new(Fit.Narrower, "its length is bounded"),
        (CanonicalKind.Binary, CanonicalKind.Binary) => Binary(a, b),
        (CanonicalKind.Time, CanonicalKind.Time) => Steps(a, b),
        _ when a.IsMoment && b.IsMoment => Moments(a, b),
        _ => null,
    };

    // SQLite has no types of these kinds: another stands for them, and its values say more than its declaration.
    private static TypeFit? Standing(CanonicalType a, CanonicalType b, Dialect sourceDialect)
    {
        var (poor, rich) = sourceDialect.EnforcesTypes ? (b, a) : (a, b);
        var stands = rich.Kind switch
        {
            CanonicalKind.Uuid => poor.IsText || poor.Kind == CanonicalKind.Binary,
            CanonicalKind.Date or CanonicalKind.Time or CanonicalKind.Timestamp or CanonicalKind.TimestampWithZone => poor.IsText || IsNumber(poor),
            CanonicalKind.Json or CanonicalKind.Xml or CanonicalKind.Decimal => poor.IsText,
            _ => false,
        };
        return stands ? new(Fit.Unknown, "SQLite has no such type of its own") : null;
    }

    private static TypeFit Text(CanonicalType a, CanonicalType b)
    {
        if (b.IsOfCodePage && !a.IsOfCodePage)
            return new(Fit.Narrower, "it holds only the characters of its code page");
        if (b.Kind == CanonicalKind.PaddedText && a.Kind != CanonicalKind.PaddedText)
            return new(Fit.Narrower, "it pads with spaces, so that trailing ones are lost");
        var lengths = Lengths(a.Length, b.Length, "characters");
        return lengths.Fit == Fit.Same && (a.Kind != b.Kind || a.IsOfCodePage != b.IsOfCodePage) ? new(Fit.Wider, null) : lengths;
    }

    private static TypeFit Binary(CanonicalType a, CanonicalType b)
    {
        if (b.IsPadded && !a.IsPadded)
            return new(Fit.Narrower, "it pads with zero bytes, so that a value's own length is lost");
        var lengths = Lengths(a.Length, b.Length, "bytes");
        return lengths.Fit == Fit.Same && a.IsPadded != b.IsPadded ? new(Fit.Wider) : lengths;
    }

    private static TypeFit Lengths(int? a, int? b, string unit) => (a, b) switch
    {
        _ when a == b => Same,
        (_, null) => new(Fit.Wider),
        (null, _) => new(Fit.Narrower, string.Create(CultureInfo.InvariantCulture, $"it holds {b} {unit}, the source any number")),
        _ => a > b ? new(Fit.Narrower, string.Create(CultureInfo.InvariantCulture, $"it holds {b} {unit}, the source {a}")) : new(Fit.Wider),
    };

    private static TypeFit Moments(CanonicalType a, CanonicalType b) => (a.Kind, b.Kind) switch
    {
        (CanonicalKind.Date, CanonicalKind.Date) => Same,
        (CanonicalKind.Date, _) => new(Fit.Wider, "dates have become dates and times"),
        (_, CanonicalKind.Date) => new(Fit.Narrower, "it holds no time of day"),
        (CanonicalKind.TimestampWithZone, CanonicalKind.Timestamp) => new(Fit.Narrower, "it holds no zone"),
        (CanonicalKind.Timestamp, CanonicalKind.TimestampWithZone) when Steps(a, b) is { IsError: false } => new(Fit.Wider, "readings have been given a zone"),
        _ => Steps(a, b),
    };

    private static TypeFit Steps(CanonicalType a, CanonicalType b) => (a.Resolution, b.Resolution) switch
    {
        _ when a.Resolution == b.Resolution => Same,
        (_, null) => new(Fit.Wider),
        (null, { } coarse) => new(Fit.Narrower, $"its step is {coarse}, the source's that of each value"),
        ({ } fine, { } coarse) => coarse > fine ? new(Fit.Narrower, $"its step is {coarse}, the source's {fine}") : new(Fit.Wider),
    };

    private static bool IsNumber(CanonicalType type) => type.Kind is CanonicalKind.Integer or CanonicalKind.Decimal or CanonicalKind.Float;
}
