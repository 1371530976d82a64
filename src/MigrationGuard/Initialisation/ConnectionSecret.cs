using System.Data.Common;

namespace MigrationGuard.Initialisation;

/// <summary>A connection string as it may be written to a file.</summary>
/// <param name="ConnectionString">Without passwords; empty when it could not be told apart from them.</param>
/// <param name="WasLeftOut">Whether something secret was left out.</param>
internal sealed record ConnectionSecret(string ConnectionString, bool WasLeftOut)
{
    // The drivers' spellings: SQL Server and SQLite say Password or Pwd, PostgreSQL also PSW and SSL Password.
    private static readonly string[] Secrets = ["Password", "Pwd", "PSW", "SSL Password", "SslPassword", "SSLPassword"];

    public static ConnectionSecret LeaveOut(string connectionString)
    {
        var builder = new DbConnectionStringBuilder();
        try
        {
            builder.ConnectionString = connectionString;
        }
        catch (ArgumentException)
        {
            // What cannot be read may hold a password anywhere.
            return new ConnectionSecret("", WasLeftOut: true);
        }
        var found = Secrets.Where(builder.ContainsKey).ToList();
        // Left as it was given where nothing is secret: the builder would respell it.
        if (found.Count == 0)
            return new ConnectionSecret(connectionString, WasLeftOut: false);
        foreach (var secret in found)
            builder.Remove(secret);
        return new ConnectionSecret(builder.ConnectionString, WasLeftOut: true);
    }
}
