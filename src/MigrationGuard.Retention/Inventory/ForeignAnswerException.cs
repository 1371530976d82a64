namespace MigrationGuard.Retention.Inventory;

/// <summary>Something answered in the place of Azure Storage.</summary>
internal sealed class ForeignAnswerException() : IOException("The answer lacks what every answer of Azure Storage has.");
