using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Initialisation;

/// <summary>Recognises the organisation database of a Dynamics CRM or Dynamics 365 on-premises server.</summary>
internal static class DynamicsOrganisation
{
    // One look-alike may be chance; every organisation has more than two hundred of them.
    private const int FewestBaseTables = 3;

    /// <summary>Whether the catalogue has the metadata table and several entity tables with Dynamics' own columns.</summary>
    public static bool IsOne(Catalogue catalogue) =>
        catalogue.BaseTables.Any(IsMetadata) && catalogue.BaseTables.Where(IsEntity).Take(FewestBaseTables).Count() == FewestBaseTables;

    private static bool IsMetadata(Table table) =>
        string.Equals(table.Name.Schema, "MetadataSchema", StringComparison.OrdinalIgnoreCase)
        && string.Equals(table.Name.Name, "Entity", StringComparison.OrdinalIgnoreCase);

    private static bool IsEntity(Table table) =>
        table.Name.Name.EndsWith("Base", StringComparison.OrdinalIgnoreCase)
        && table.Find("VersionNumber") is not null
        && table.Find("CreatedOn") is not null;
}
