using MigrationGuard.Databases.Values;

namespace MigrationGuard.Qualification;

/// <summary>How rows of a scratch table are told from one another.</summary>
/// <param name="Name">Its name in the catalogue.</param>
/// <param name="Columns">The columns that identify a row of a source that nobody damaged, the names with their types.</param>
/// <param name="IsEnforced">Whether the database has them as its primary key.</param>
/// <param name="IsConfigured">Whether the comparison knows them as the key.</param>
internal sealed record KeyShape(string Name, IReadOnlyList<ScratchColumn> Columns, bool IsEnforced, bool IsConfigured)
{
    private static readonly ScratchType Code = new("varchar(40)", new CanonicalType(CanonicalKind.Text, Length: 40), draw => draw.Word());

    public static readonly KeyShape Single = new("integer key", [Key("Id", ScratchType.Whole)], IsEnforced: true, IsConfigured: true);
    public static readonly KeyShape Composite = new("composite key", [Key("Region", Code), Key("Number", ScratchType.Whole)], IsEnforced: true, IsConfigured: true);
    public static readonly KeyShape Uuid = new("uuid key", [Key("Id", ScratchType.Uuid)], IsEnforced: true, IsConfigured: true);
    public static readonly KeyShape Text = new("text key", [Key("Code", Code)], IsEnforced: true, IsConfigured: true);
    public static readonly KeyShape Unenforced = new("unenforced key", [Key("Id", ScratchType.Whole)], IsEnforced: false, IsConfigured: true);
    public static readonly KeyShape None = new("no key", [Key("Id", ScratchType.Whole)], IsEnforced: false, IsConfigured: false);

    /// <summary>Every shape, in the catalogue's order.</summary>
    public static IReadOnlyList<KeyShape> All { get; } = [Single, Composite, Uuid, Text, Unenforced, None];

    private static ScratchColumn Key(string name, ScratchType type) => new(name, type, IsRequired: true);
}

/// <summary>A column of a scratch table.</summary>
internal sealed record ScratchColumn(string Name, ScratchType Type, bool IsRequired = false);
