using System.Globalization;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Databases;

/// <content>Rows picked by the values of columns.</content>
public abstract partial class Dialect
{
    /// <summary>Why rows cannot be picked this way, a sentence without its capital; null when they can.</summary>
    public string? ProblemOf(ColumnFilter filter)
    {
        if (!CanFilterBy(filter.Column))
            return $"rows cannot be picked by {filter.Column.Name}, whose type is {filter.Column.StoreType}: name a column of whole numbers, of true and false, of text, or of UUIDs where the engine has them.";
        return filter.Values.OfType<string>().Any(value => Literal(filter.Column, value) is null)
            ? $"rows cannot be picked by what is no value of {filter.Column.Name}, whose type is {filter.Column.StoreType}."
            : null;
    }

    /// <summary>The condition that all of these hold; null without any.</summary>
    /// <exception cref="ArgumentException">There is a <see cref="ProblemOf"/>.</exception>
    public string? PhraseFilters(IReadOnlyList<ColumnFilter> filters) =>
        filters.Count == 0 ? null : string.Join(" AND ", filters.Select(PhraseFilter));

    private string PhraseFilter(ColumnFilter filter)
    {
        if (ProblemOf(filter) is { } problem)
            throw new ArgumentException(problem, nameof(filter));
        var column = Quote(filter.Column.Name);
        var isOneOf = IsOneOf(filter.Column, [.. filter.Values.OfType<string>()]);
        // NULL is in no list, whatever the list holds.
        var isNull = filter.Values.Contains(null) ? column + " IS NULL" : null;
        return (isOneOf, isNull) switch
        {
            (not null, not null) => $"({isOneOf} OR {isNull})",
            _ => isOneOf ?? isNull ?? throw new ArgumentException($"{filter.Column.Name} is to hold one of no values.", nameof(filter)),
        };
    }

    private string? IsOneOf(Column column, IReadOnlyList<string> values) => values.Count == 0 ? null
        : column.Type.IsText ? IsOneOfTexts(column, [.. values.Select(value => column.Type.Kind == CanonicalKind.PaddedText ? value.TrimEnd(' ') : value)])
        : $"{Quote(column.Name)} IN ({string.Join(", ", values.Select(value => Literal(column, value)))})";

    /// <summary>The condition that a column holds one of these texts, to the character.</summary>
    private protected virtual string IsOneOfTexts(Column column, IReadOnlyList<string> values) =>
        $"{GroupedValue(column)} IN ({string.Join(", ", values.Select(TextLiteral))})";

    // Literals and no parameters, as not every statement that reads rows takes those: each is written anew from the value that was read, or escaped.
    private string? Literal(Column column, string value) => column.Type.Kind switch
    {
        CanonicalKind.Integer => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
        CanonicalKind.Boolean => value switch
        {
            "true" or "1" => BooleanLiteral(true),
            "false" or "0" => BooleanLiteral(false),
            _ => null,
        },
        CanonicalKind.Text or CanonicalKind.PaddedText => value.Contains('\0', StringComparison.Ordinal) ? null : TextLiteral(value),
        CanonicalKind.Uuid => UuidText.TryRead(value.AsSpan(), out var uuid) ? UuidLiteral(uuid) : null,
        _ => null,
    };

    // Where types are not enforced, one UUID stands in a column as text of several spellings and as bytes.
    private bool CanFilterBy(Column column) => column.Type.Kind switch
    {
        CanonicalKind.Integer or CanonicalKind.Boolean or CanonicalKind.Text or CanonicalKind.PaddedText => true,
        CanonicalKind.Uuid => EnforcesTypes,
        _ => false,
    };

    private protected abstract string BooleanLiteral(bool value);

    private protected virtual string TextLiteral(string value) => "'" + value.Replace("'", "''", StringComparison.Ordinal) + "'";

    private protected virtual string UuidLiteral(Guid value) => $"'{value:D}'";
}
