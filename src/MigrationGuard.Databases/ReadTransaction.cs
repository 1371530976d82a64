using System.Data.Common;

namespace MigrationGuard.Databases;

/// <summary>The transaction of a session.</summary>
/// <param name="Transaction">Rolled back when it is disposed.</param>
/// <param name="View">What keeps its readings, and those of others beside it, of one moment: a sentence for the record.</param>
internal readonly record struct ReadTransaction(DbTransaction Transaction, string View);

/// <summary>The shared view that a session was to join is gone, with the connection that held it.</summary>
internal sealed class ViewLostException(Exception cause) : Exception("The shared view is gone.", cause);
