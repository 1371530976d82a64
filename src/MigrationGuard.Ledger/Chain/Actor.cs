namespace MigrationGuard.Ledger.Chain;

/// <summary>Who did what an entry records.</summary>
/// <param name="Account">The operating-system account. The chain holds a random pseudonym in its place.</param>
/// <param name="OnBehalfOf">Whom the account says it acts for; recorded as said, and never a second person.</param>
public sealed record Actor(string Account, string? OnBehalfOf = null)
{
    /// <summary>The account that this process runs as.</summary>
    public static Actor OfThisProcess(string? onBehalfOf = null) =>
        new(OperatingSystem.IsWindows() ? Environment.UserDomainName + "\\" + Environment.UserName : Environment.UserName, onBehalfOf);
}
