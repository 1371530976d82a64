using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Initialisation;

/// <summary>Recognises the columns that hold when a row was made and when it was last changed.</summary>
internal static class MomentColumns
{
    // The best first; spelt without underscores, spaces and case. The names say that a moment is held, whatever the type.
    private static readonly string[] Created =
    [
        "createdon", "createdat", "createdonutc", "createdatutc", "createddate", "datecreated", "createddatetime", "createdtime",
        "creationdate", "creationtime", "insertedon", "insertedat", "dateinserted", "addedon", "addedat", "dateadded",
    ];

    private static readonly string[] Modified =
    [
        "modifiedon", "modifiedat", "modifiedonutc", "modifiedatutc", "modifieddate", "datemodified", "modifieddatetime",
        "modifiedtime", "lastmodifiedon", "lastmodifiedat", "lastmodifieddate", "updatedon", "updatedat", "updatedonutc",
        "updatedatutc", "updateddate", "dateupdated", "lastupdatedon", "lastupdatedat", "lastupdateddate", "changedon", "changedat",
    ];

    // These may as well be a flag or a person: taken only where the type says that a moment is held.
    private static readonly string[] PerhapsCreated = ["created", "inserted"];

    private static readonly string[] PerhapsModified = ["modified", "lastmodified", "updated", "lastupdated", "lastupdate", "changed"];

    /// <summary>The source names of both columns; null for one that was not recognised.</summary>
    public static (string? CreatedOn, string? ModifiedOn) In(TablePair tables, Dialect source, Dialect target)
    {
        var columns = tables.Columns.Where(pair => source.IsMoment(pair.Source) && target.IsMoment(pair.Target)).ToList();
        return (First(columns, Created, PerhapsCreated), First(columns, Modified, PerhapsModified));
    }

    private static string? First(List<NamePair<Column>> columns, string[] names, string[] perhaps)
    {
        var certain = names.SelectMany(name => columns.Where(pair => ColumnWords.Fold(pair.Source.Name) == name));
        var typed = perhaps.SelectMany(name => columns.Where(pair =>
            pair.Source.Type.IsMoment && pair.Target.Type.IsMoment && ColumnWords.Fold(pair.Source.Name) == name));
        return certain.Concat(typed).FirstOrDefault()?.Source.Name;
    }
}
