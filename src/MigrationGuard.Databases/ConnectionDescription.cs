using System.Data.Common;

namespace MigrationGuard.Databases;

/// <summary>What a connection string says of where it leads, without what it takes to get in.</summary>
public static class ConnectionDescription
{
    // Named are the harmless keys, not the secret ones: a key that nobody thought of stays out.
    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "server", "data source", "datasource", "addr", "address", "network address", "host", "port", "filename",
        "database", "initial catalog", "applicationintent", "application intent", "encrypt", "ssl mode", "sslmode",
        "authentication", "integrated security", "trusted_connection", "mode", "multisubnetfailover",
    };

    /// <summary>The harmless parts, in the order written; empty when the string cannot be read.</summary>
    public static string Of(string connectionString)
    {
        var builder = new DbConnectionStringBuilder();
        try
        {
            builder.ConnectionString = connectionString;
        }
        catch (ArgumentException)
        {
            // What cannot be read cannot be told apart from a password.
            return "";
        }
        return string.Join(";", builder.Keys.Cast<string>().Where(Harmless.Contains).Select(key => $"{key}={builder[key]}"));
    }
}
