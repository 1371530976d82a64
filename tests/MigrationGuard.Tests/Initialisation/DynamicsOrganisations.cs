using MigrationGuard.Databases.Catalogues;
using static MigrationGuard.Tests.Initialisation.HandMade;

namespace MigrationGuard.Tests.Initialisation;

/// <summary>Small look-alikes of a Dynamics organisation before and after an upgrade; names and types only.</summary>
internal static class DynamicsOrganisations
{
    public static Catalogue Old() => SqlServer(
        Entity("Account", [], 1200),
        Entity("Contact", [Column("NickName", Text(50))], 5400),
        Entity("Incident", [Column("CaseTypeCode")], 800),
        Entity("AsyncOperation", [Column("OperationType")], 90_000),
        Entity("Workflow", [Column("SolutionId", Uuid), Column("ComponentState"), Column("OverwriteTime", Moment)], 300),
        Keyed("WorkflowBaseIds", 300, Column("WorkflowId", Uuid)),
        Keyed("PrincipalObjectAccess", 7000, Column("PrincipalObjectAccessId", Uuid), Column("ObjectTypeCode"), Column("VersionNumber", RowVersion)),
        Keyed("StringMapBase", 2500, Column("StringMapId", Uuid)),
        Entity("new_fee", [], 60),
        Entity("RecommendationCache", [], 0),
        Table("dbo", "AuditBase", Column("AuditId", Uuid), Column("CreatedOn", Moment)),
        Table("dbo", "MatchCode00000000000000000000000000000aaa", Column("ObjectId", Uuid)),
        Table("MetadataSchema", "Entity", Column("EntityId", Uuid), Column("Name", Text(64))),
        View("dbo", "FilteredContact"));

    public static Catalogue New()
    {
        var old = Old().Tables.Where(table => !table.Name.Name.StartsWith("MatchCode", StringComparison.Ordinal) && table.Name.Name != "RecommendationCacheBase")
            .Select(table => table.Name.Name switch
            {
                "ContactBase" => table with { Columns = [.. table.Columns, Column("MarketingOnly", YesNo)] },
                "WorkflowBase" or "WorkflowBaseIds" => table with { ApproximateRows = 450 },
                "AsyncOperationBase" => table with { ApproximateRows = 20 },
                _ => table,
            });
        return SqlServer([.. old, Table("dbo", "MatchCode00000000000000000000000000000bbb", Column("ObjectId", Uuid)), Table("dbo", "UpgradeActionTracker", Column("Id", Uuid))])
            with { Server = new("SQL Server", "15.0", "New_MSCRM", "sqlserver:new", null, "any") };
    }

    private static Table Entity(string name, Column[] more, long rows) => Keyed(
        name + "Base",
        rows,
        [Column(name + "Id", Uuid), Column("CreatedOn", Moment), Column("ModifiedOn", Moment), Column("StateCode"), Column("StatusCode"), Column("VersionNumber", RowVersion), .. more]);

    private static Table Keyed(string name, long rows, params Column[] columns) =>
        Table("dbo", name, columns) with { ApproximateRows = rows, PrimaryKey = [columns[0].Name] };
}
