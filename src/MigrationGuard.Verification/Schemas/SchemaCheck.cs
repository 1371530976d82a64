using System.Globalization;
using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;
using MigrationGuard.Ledger.Outcomes;
using MigrationGuard.Verification.Scans;

namespace MigrationGuard.Verification.Schemas;

/// <summary>The target's table can hold, and keeps out, what the source's does: columns, types, NULL, collations, keys.</summary>
/// <remarks>
/// What is narrower or missing is a mismatch, for it may have lost values or let wrong ones in; what is wider is a note. All of
/// it is known from the catalogues, but for a column that only the source has: that is a mismatch if it holds anything but NULL.
/// </remarks>
public sealed class SchemaCheck : EntityCheck
{
    private readonly EntityColumns _columns;
    private readonly (Table Table, Dialect Dialect) _source;
    private readonly (Table Table, Dialect Dialect) _target;
    private int[] _present = [];

    public SchemaCheck(EntityColumns columns, Table source, Dialect sourceDialect, Table target, Dialect targetDialect) =>
        (_columns, _source, _target) = (columns, (source, sourceDialect), (target, targetDialect));

    public override string Name => CheckNames.Schema;

    public override void Ask(ScanRequest request) => _present = [.. _columns.SourceOnly.Select(request.PresentInSource)];

    public override Judgement Judge(TableScan source, TableScan target)
    {
        var differences = Declared();
        for (var i = 0; i < _present.Length; i++)
            CompareMissing(_columns.SourceOnly[i], source.Present(_present[i]), differences);
        return Judged(differences);
    }

    public override Judgement JudgeUnread(string reason)
    {
        var differences = Declared();
        if (_columns.SourceOnly.Count == 0)
            return Judged(differences);
        differences.NoteOf("Only on the source, where it is not known whether they hold anything", _columns.SourceOnly.Select(column => column.Name));
        return differences.Findings.Count > 0 ? Judged(differences) : Judgement.NotChecked(reason) with { Notes = differences.Notes };
    }

    public override IReadOnlyDictionary<string, Scalar> Measured(TableScan scan) =>
        new Dictionary<string, Scalar> { ["columns"] = new((scan.Side == Side.Source ? _source : _target).Table.Columns.Count) };

    private static Judgement Judged(SchemaDifferences differences) => Judgement.Of(differences.Findings) with { Notes = differences.Notes };

    private SchemaDifferences Declared()
    {
        var differences = new SchemaDifferences();
        foreach (var note in _columns.Notes())
            differences.Note(note);
        foreach (var pair in _columns.Compared.Concat(_columns.Key.Where(key => !_columns.Compared.Contains(key))))
        {
            CompareTypes(pair, differences);
            CompareNullability(pair, differences);
            CompareCollations(pair, differences);
        }
        NoteLengths(differences);
        KeyComparison.Compare(_columns, _source.Table, _target.Table, differences);
        return differences;
    }

    private static void CompareMissing(Column column, long rows, SchemaDifferences differences)
    {
        if (rows == 0)
        {
            differences.NoteOf(LeftOutNotes.OnlyOnSourceWithoutValues, [column.Name]);
            return;
        }
        var held = string.Create(CultureInfo.InvariantCulture, $"{rows} {(rows == 1 ? "row" : "rows")} of the source {(rows == 1 ? "holds" : "hold")} a value in it.");
        differences.Error([column.Name], SchemaDifferences.TypeOf(column), null, "The target has no such column; " + held, rows);
    }

    private void CompareTypes(ColumnPair pair, SchemaDifferences differences)
    {
        var fit = TypeFits.Of(pair.Source, _source.Dialect, pair.Target, _target.Dialect);
        var (source, target) = (SchemaDifferences.TypeOf(pair.Source), SchemaDifferences.TypeOf(pair.Target));
        if (fit.IsError)
            differences.Error([pair.Name], source, target, $"The target's {(fit.Fit == Fit.Narrower ? "type is narrower" : "is another type")}: {fit.Because}.");
        else if (fit.Fit == Fit.Wider)
            differences.NoteOf("Of a wider type on the target" + (fit.Because is null ? "" : $", where {fit.Because}"), [pair.Name], (source, target));
        else if (fit.Fit == Fit.Unknown)
            differences.NoteOf($"Only values can be compared, not what the types admit, as {fit.Because}", [pair.Name], (source, target));
    }

    // A view's columns are nullable whatever their tables' are.
    private void CompareNullability(ColumnPair pair, SchemaDifferences differences)
    {
        if (_source.Table.IsView || _target.Table.IsView)
            return;
        var (onSource, onTarget) = (MayBeNull(pair.Source, _source.Table), MayBeNull(pair.Target, _target.Table));
        if (onSource && !onTarget)
            differences.Error([pair.Name], "NULL", "NOT NULL", "The target takes no NULL, which the source may hold.");
        else if (onTarget && !onSource)
            differences.NoteOf("May hold NULL on the target, but not on the source", [pair.Name]);
    }

    // SQLite does not say of a primary key's column that it holds no NULL.
    private static bool MayBeNull(Column column, Table table) => column.IsNullable && !table.PrimaryKey.Contains(column.Name, StringComparer.Ordinal);

    private void CompareCollations(ColumnPair pair, SchemaDifferences differences)
    {
        if (!pair.Source.Type.IsText || !pair.Target.Type.IsText)
            return;
        var (onSource, onTarget) = (_source.Dialect.SensitivityOf(pair.Source), _target.Dialect.SensitivityOf(pair.Target));
        if (_source.Dialect.Provider != _target.Dialect.Provider)
        {
            if (onSource != onTarget)
                differences.NoteOf($"The source tells apart {Spelt(onSource)}, the target {Spelt(onTarget)}, so that searches and keys may find other rows", [pair.Name]);
            return;
        }
        var (source, target) = (Collation(pair.Source), Collation(pair.Target));
        if (onTarget.IsLessThan(onSource))
            differences.Error([pair.Name], source, target, $"The target's collation tells apart {Spelt(onTarget)}, the source's {Spelt(onSource)}.");
        else if (source != target)
            differences.NoteOf("Of another collation on the target", [pair.Name], (source, target));
    }

    private static string Collation(Column column) => column.Collation ?? (column.StoreType == "citext" ? "citext" : "the database's own");

    private static string Spelt(TextSensitivity sensitivity) => (sensitivity.Case, sensitivity.Accents) switch
    {
        (true, true) => "case and accents",
        (true, false) => "case but not accents",
        (false, true) => "accents but not case",
        _ => "neither case nor accents",
    };

    private void NoteLengths(SchemaDifferences differences)
    {
        var (onSource, onTarget) = (_source.Dialect.TextLengthCounts, _target.Dialect.TextLengthCounts);
        if (onSource != onTarget && _columns.Compared.Any(pair => pair.Source.Type is { IsText: true, Length: not null } && pair.Target.Type is { IsText: true, Length: not null }))
            differences.Note($"Lengths of text are compared as declared; the source counts {onSource}, the target {onTarget}.");
    }
}
