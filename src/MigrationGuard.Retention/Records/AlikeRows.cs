using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Values;

namespace MigrationGuard.Retention.Records;

/// <summary>Rows that are no records only because a value is spelt otherwise than Where spells it.</summary>
/// <remarks>
/// Where the configuration says open and some rows say Open, the latter are either meant too, and would be kept unnoticed, or are not: only
/// somebody who knows the table can tell. Values are compared here and not by the engine, whose idea of case depends on its locale.
/// </remarks>
internal static class AlikeRows
{
    /// <summary>How many such rows there are and what to do about them; null without any.</summary>
    /// <exception cref="DatabaseException">The database could not be reached or refused.</exception>
    public static async Task<string?> ProblemAsync(RecordPlace place, CancellationToken cancellationToken)
    {
        var texts = place.Filters.Where(filter => filter.Column.Type.IsText && filter.Values.OfType<string>().Any()).Select(filter => new Spellings(filter)).ToList();
        if (texts.Count == 0)
            return null;
        var others = place.Filters.Except(texts.Select(text => text.Filter)).ToList();
        var query = new AggregateQuery(place.Table, [.. texts.Select(text => text.Filter.Column)], [], [], Moment: null) { Filter = place.Database.Dialect.PhraseFilters(others) };
        var rows = await place.Database.ReadAsync(
            async (session, token) =>
            {
                var alike = 0L;
                await session.AggregateAsync(query, group => alike += IsAlike(texts, group.Group) ? group.Rows : 0, token);
                return alike;
            },
            cancellationToken);
        if (rows == 0)
            return null;
        var columns = string.Join(", ", texts.Select(text => text.Filter.Column.Name));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{rows:N0} {(rows == 1 ? "row" : "rows")} of the {place.Side}'s {place.Table.Name} would be such records but for the case, the accents or the outer spaces of {columns}, and {(rows == 1 ? "was" : "were")} not counted. Write under Where every spelling that is meant, or correct the rows.");
    }

    private static bool IsAlike(IReadOnlyList<Spellings> texts, IReadOnlyList<CanonicalValue> group) =>
        texts.Index().All(text => text.Item.MayBeMeant(group[text.Index])) && !texts.Index().All(text => text.Item.IsMeant(group[text.Index]));

    private sealed class Spellings(ColumnFilter filter)
    {
        private readonly bool _isPadded = filter.Column.Type.Kind == CanonicalKind.PaddedText;
        private readonly HashSet<string> _loose = [.. filter.Values.OfType<string>().Select(Loosened)];

        public ColumnFilter Filter => filter;

        public bool MayBeMeant(CanonicalValue value) => value is CanonicalValue.Text text ? _loose.Contains(Loosened(text.Value)) : IsMeant(value);

        public bool IsMeant(CanonicalValue value) => value switch
        {
            CanonicalValue.Null => filter.Values.Contains(null),
            CanonicalValue.Text text => filter.Values.OfType<string>().Any(one => Plain(one) == Plain(text.Value)),
            _ => false,
        };

        private string Plain(string text) => _isPadded ? text.TrimEnd(' ') : text;

        private static string Loosened(string text)
        {
            try
            {
                return KeySink.Loosened(text).Trim();
            }
            catch (ArgumentException)
            {
                // Half a surrogate pair has neither accents nor case.
                return text.Trim().ToUpperInvariant();
            }
        }
    }
}
