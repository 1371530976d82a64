namespace MigrationGuard.Tests.Servers;

public sealed class ServerAvailabilityTests
{
    [Fact]
    public void A_server_that_is_known_is_available_whether_required_or_not()
    {
        Decide("Host=here", null).ShouldBe(new ServerAvailability.Available("Host=here"));
        Decide("Host=here", "postgresql").ShouldBe(new ServerAvailability.Available("Host=here"));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData(" ", "sqlserver")]
    [InlineData(null, "postgresql-other")]
    public void An_absent_server_is_a_skip_with_the_reason_and_the_remedy(string? connectionString, string? required)
    {
        var skip = Should.Throw<SkipException>(() => Decide(connectionString, required).Demand());
        skip.Message.ShouldBe("postgresql: no server is known. Start one, or set WHERE to a connection string whose login may create databases.");
    }

    [Theory]
    [InlineData("postgresql")]
    [InlineData("sqlserver,postgresql")]
    [InlineData("sqlserver, PostgreSQL")]
    [InlineData("postgresql azurite")]
    public void An_absent_server_that_is_required_is_a_failure(string required)
    {
        var failure = Should.Throw<InvalidOperationException>(() => Decide(null, required).Demand());
        failure.Message.ShouldContain("Start one");
        failure.Message.ShouldEndWith("MIGRATIONGUARD_TEST_REQUIRE lists it, so that its absence is a failure.");
    }

    private static ServerAvailability Decide(string? connectionString, string? required) =>
        ServerAvailability.Decide("postgresql", "WHERE", "Start one", connectionString, required);
}
