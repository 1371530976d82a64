using MigrationGuard.Databases;

namespace MigrationGuard.Tests.Databases;

public sealed class ConnectionDescriptionTests
{
    private const string Secret = "S3cret-hunter2";

    [Theory]
    [InlineData("Server=tcp:old.example,1433;Database=crm;User ID=reader;Password={0};Encrypt=True", "server=tcp:old.example,1433;database=crm;encrypt=True")]
    [InlineData("Host=new.example;Port=5433;Username=reader;Password=\"{0};x\";SSL Mode=Require", "host=new.example;port=5433;ssl mode=Require")]
    [InlineData("Data Source=crm.sqlite;Password={0};Mode=ReadOnly", "data source=crm.sqlite;mode=ReadOnly")]
    [InlineData("Server=old;PWD={0};UID=reader", "server=old")]
    [InlineData("Host=new;Passfile=/home/reader/{0};SSL Password={0};SSL Key=/{0}", "host=new")]
    [InlineData("Server=old;Access Token={0};Something New={0}", "server=old")]
    public void It_says_where_a_connection_leads_and_not_how_to_get_in(string connectionString, string description)
    {
        var described = ConnectionDescription.Of(connectionString.Replace("{0}", Secret, StringComparison.Ordinal));
        described.ShouldBe(description);
        described.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("postgresql://reader:{0}@new.example/crm")]
    [InlineData("Server=old;Password='{0}")]
    [InlineData("{0}")]
    public void A_connection_string_that_cannot_be_read_is_described_by_nothing(string connectionString) =>
        ConnectionDescription.Of(connectionString.Replace("{0}", Secret, StringComparison.Ordinal)).ShouldBe("");

    [Theory]
    [InlineData(Provider.SqlServer, "Server=old;Password='{0}")]
    [InlineData(Provider.SqlServer, "Server=old;Pasword={0}")]
    [InlineData(Provider.PostgreSql, "postgresql://reader:{0}@new.example/crm")]
    [InlineData(Provider.PostgreSql, "Host=new;Pasword={0}")]
    [InlineData(Provider.PostgreSql, "Host=new;Port={0}")]
    [InlineData(Provider.Sqlite, "crm.sqlite;{0}")]
    public void A_connection_string_that_a_driver_refuses_is_an_error_that_does_not_quote_it(Provider provider, string connectionString)
    {
        var options = new DatabaseOptions { Provider = provider, ConnectionString = connectionString.Replace("{0}", Secret, StringComparison.Ordinal) };
        var error = Should.Throw<DatabaseException>(() => new Database("old", options, TimeProvider.System));
        error.ToString().ShouldNotContain(Secret);
        error.Place.ShouldBe("Databases:old:ConnectionString");
    }
}
