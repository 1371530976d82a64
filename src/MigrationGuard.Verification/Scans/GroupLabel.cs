using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;
using MigrationGuard.Ledger.Outcomes;

namespace MigrationGuard.Verification.Scans;

/// <summary>How the values of a column pair are labelled, so that the same value has the same label on both sides.</summary>
/// <remarks>Decided once per pair, before the scan: the two sides may be of different engines and types.</remarks>
public sealed class GroupLabel
{
    private readonly Kind _kind;
    private readonly TimeResolution? _resolution;

    private GroupLabel(Kind kind, TimeResolution? resolution = null, string? narrowing = null)
    {
        _kind = kind;
        _resolution = resolution;
        Narrowing = narrowing;
    }

    private enum Kind
    {
        AsRead,
        Number,
        Boolean,
        Text,
        TrimmedText,
        Uuid,
        Moment,
    }

    /// <summary>What is given up to label both sides alike; null for nothing.</summary>
    public string? Narrowing { get; }

    /// <summary>The labels for a pair of columns; null when values of their types cannot be the same.</summary>
    public static GroupLabel? For(ColumnPair pair) => For(pair.Name, pair.Source, pair.Target);

    private static GroupLabel? For(string name, Column source, Column target)
    {
        var (a, b) = (source.Type, target.Type);
        if (a.Kind == CanonicalKind.Untyped || b.Kind == CanonicalKind.Untyped)
            return new GroupLabel(Kind.AsRead, narrowing: null);
        if (a.Kind == CanonicalKind.Boolean && b.Kind == CanonicalKind.Boolean)
            return new GroupLabel(Kind.Boolean);
        if (IsNumber(a.Kind) && IsNumber(b.Kind))
            return new GroupLabel(Kind.Number);
        if (a.IsText && b.IsText)
        {
            return a.Kind == CanonicalKind.PaddedText || b.Kind == CanonicalKind.PaddedText
                ? new GroupLabel(Kind.TrimmedText, narrowing: $"{name}: trailing spaces are left out, as {(a.Kind == b.Kind ? "both sides pad" : a.Kind == CanonicalKind.PaddedText ? "the source pads" : "the target pads")} to a fixed length")
                : new GroupLabel(Kind.Text);
        }
        if (IsUuid(a.Kind, b.Kind) || IsUuid(b.Kind, a.Kind))
            return new GroupLabel(Kind.Uuid);
        if (a.IsMoment && b.IsMoment)
            return ForMoments(name, a, b);
        return a.Kind == b.Kind && a.Kind is CanonicalKind.Binary or CanonicalKind.Time ? new GroupLabel(Kind.AsRead) : null;
    }

    /// <summary>The label of a value.</summary>
    public Scalar Of(CanonicalValue value) => (_kind, value) switch
    {
        (_, CanonicalValue.Null) => Scalar.Null,
        (Kind.Boolean, CanonicalValue.Boolean b) => new Scalar(b.Value),
        (Kind.Boolean, CanonicalValue.Number { Value: 0 or 1 } n) => new Scalar(n.Value == 1),
        (_, CanonicalValue.Boolean b) => new Scalar(b.Value ? 1L : 0L),
        (_, CanonicalValue.Number n) => new Scalar(n.Value),
        // A float that holds a whole number is that number; others keep their shortest exact spelling.
        (_, CanonicalValue.Float f) => OfFloat(f.Value),
        (Kind.TrimmedText, CanonicalValue.Text t) => new Scalar(t.Value.TrimEnd(' ')),
        (Kind.Uuid, CanonicalValue.Text t) when UuidText.TryRead(t.Value, out var uuid) => new Scalar(uuid.ToString("D")),
        (Kind.Moment, CanonicalValue.Moment m) => new Scalar(AtStep(m.Value).ToString()),
        _ => new Scalar(value.Display),
    };

    // Engines round to three-hundredths of a second and to minutes, and cut to everything else.
    private Timestamp AtStep(Timestamp value) =>
        _resolution == TimeResolution.SqlDateTime || _resolution == TimeResolution.Minute ? value.Round(_resolution.Value) : value.Floor(_resolution!.Value);

    private static Scalar OfFloat(double value) =>
        Math.Abs(value) < 1e15 && value == Math.Truncate(value)
            ? new Scalar((long)value)
            : CanonicalValue.FromFloat(value) is { } number ? new Scalar(number) : new Scalar(new CanonicalValue.Float(value).Display);

    private static GroupLabel? ForMoments(string name, CanonicalType a, CanonicalType b)
    {
        // A wall-clock reading and a moment in UTC are compared as moments elsewhere; as labels they would only look alike.
        if ((a.Kind == CanonicalKind.TimestampWithZone) != (b.Kind == CanonicalKind.TimestampWithZone))
            return null;
        // SQLite's columns have no step of their own: their values are taken at the other side's.
        var coarser = TimeResolution.Coarser(
            a.Resolution ?? b.Resolution ?? TimeResolution.HundredNanoseconds, b.Resolution ?? a.Resolution ?? TimeResolution.HundredNanoseconds);
        return new GroupLabel(Kind.Moment, coarser, a.Resolution == b.Resolution ? null : $"{name}: grouped by {coarser}, the coarser of the two sides' steps");
    }

    private static bool IsNumber(CanonicalKind kind) =>
        kind is CanonicalKind.Integer or CanonicalKind.Decimal or CanonicalKind.Float or CanonicalKind.Boolean;

    private static bool IsUuid(CanonicalKind kind, CanonicalKind other) =>
        kind == CanonicalKind.Uuid && other is CanonicalKind.Uuid or CanonicalKind.Text or CanonicalKind.PaddedText;
}
