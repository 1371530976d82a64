using MigrationGuard.Databases;
using MigrationGuard.Databases.Catalogues;

namespace MigrationGuard.Initialisation;

/// <summary>A database as the configuration names it.</summary>
/// <param name="Name">Its name in the configuration.</param>
/// <param name="Provider">Its engine.</param>
/// <param name="ConnectionString">Without passwords.</param>
/// <param name="PasswordLeftOut">Whether a password was left out.</param>
/// <param name="Server">What answered there.</param>
internal sealed record DraftedDatabase(string Name, Provider Provider, string ConnectionString, bool PasswordLeftOut, ServerDescription Server)
{
    /// <summary>The environment variable that overrides the connection string.</summary>
    public string EnvironmentVariable => $"MigrationGuard__Databases__{Name}__ConnectionString";

    public static DraftedDatabase From(string name, DraftSide side)
    {
        var secret = ConnectionSecret.LeaveOut(side.ConnectionString);
        return new DraftedDatabase(name, side.Provider, secret.ConnectionString, secret.WasLeftOut, side.Catalogue.Server);
    }
}
