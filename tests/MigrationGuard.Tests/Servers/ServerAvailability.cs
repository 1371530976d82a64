namespace MigrationGuard.Tests.Servers;

/// <summary>Whether a server that tests want is there, and what its absence means.</summary>
public abstract record ServerAvailability
{
    private ServerAvailability() { }

    /// <summary>The server can be reached with this connection string.</summary>
    public sealed record Available(string ConnectionString) : ServerAvailability;

    /// <summary>The server is absent; tests that want it are skipped.</summary>
    public sealed record Absent(string Reason) : ServerAvailability;

    /// <summary>The server is absent although it was required; tests that want it fail.</summary>
    public sealed record RequiredButAbsent(string Reason) : ServerAvailability;

    /// <summary>The variable that lists the servers whose absence is a failure, separated by commas or spaces.</summary>
    public const string RequireVariable = "MIGRATIONGUARD_TEST_REQUIRE";

    /// <summary>Decides from the environment's values alone.</summary>
    /// <param name="server">What the list of required servers calls it: <c>postgresql</c>.</param>
    /// <param name="variable">The variable that says where the server is.</param>
    /// <param name="remedy">How to get one, other than by the variable.</param>
    /// <param name="connectionString">The variable's value.</param>
    /// <param name="required">The value of <see cref="RequireVariable"/>.</param>
    public static ServerAvailability Decide(string server, string variable, string remedy, string? connectionString, string? required)
    {
        if (!string.IsNullOrWhiteSpace(connectionString))
            return new Available(connectionString);
        var reason = $"{server}: no server is known. {remedy}, or set {variable} to a connection string whose login may create databases.";
        return (required ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Contains(server, StringComparer.OrdinalIgnoreCase)
            ? new RequiredButAbsent(reason + $" {RequireVariable} lists it, so that its absence is a failure.")
            : new Absent(reason);
    }

    /// <summary>The connection string; where there is none the calling test is skipped or fails, each with the reason.</summary>
    /// <remarks>The calling test is a <c>[SkippableFact]</c> or <c>[SkippableTheory]</c>: under <c>[Fact]</c> a skip is a failure.</remarks>
    public string Demand()
    {
        switch (this)
        {
            case Available available:
                return available.ConnectionString;
            case Absent absent:
                throw new SkipException(absent.Reason);
            case RequiredButAbsent missing:
                throw new InvalidOperationException(missing.Reason);
            default:
                throw new InvalidOperationException("No such availability: " + this);
        }
    }
}
