using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Retention.Records;

/// <summary>What the values of a key's column are on both sides, where that can be told surely.</summary>
internal enum KeyKind
{
    /// <summary>Exact numbers: 1 and 1.0 are one.</summary>
    Number,

    /// <summary>UUIDs, which one side may hold as text of any of their spellings.</summary>
    Uuid,

    /// <summary>Text, the same by its characters.</summary>
    Text,

    /// <summary>Text, the same by its characters but for the spaces that a column of fixed length adds.</summary>
    PaddedText,
}

/// <summary>Decides what keys are compared as.</summary>
internal static class KeyKinds
{
    /// <summary>Whether values that differ may be one to a collation.</summary>
    public static bool IsText(this KeyKind kind) => kind is KeyKind.Text or KeyKind.PaddedText;

    /// <summary>What two columns are compared as; null where values of theirs are not surely the same or different.</summary>
    public static KeyKind? Of(Column frozen, Column live)
    {
        var kinds = new[] { frozen.Type.Kind, live.Type.Kind };
        if (kinds.All(kind => kind is CanonicalKind.Integer or CanonicalKind.Decimal))
            return KeyKind.Number;
        if (kinds.Contains(CanonicalKind.Uuid) && kinds.All(kind => kind is CanonicalKind.Uuid or CanonicalKind.Text or CanonicalKind.PaddedText))
            return KeyKind.Uuid;
        if (kinds.All(kind => kind is CanonicalKind.Text or CanonicalKind.PaddedText))
            return kinds.Contains(CanonicalKind.PaddedText) ? KeyKind.PaddedText : KeyKind.Text;
        return null;
    }
}
