using MigrationGuard.Initialisation;

namespace MigrationGuard.Tests.Initialisation;

public sealed class ConnectionSecretTests
{
    [Theory]
    [InlineData("Server=old;Database=crm;User ID=reader;Password=hunter2")]
    [InlineData("Server=old;Database=crm;UID=reader;PWD=\"hunter2;x\"")]
    [InlineData("Host=new;Username=reader;psw=hunter2")]
    [InlineData("Host=new;Username=reader;Password=hunter2;SSL Password=hunter2")]
    [InlineData("Data Source=crm.sqlite; password = 'hunter2'")]
    [InlineData("hunter2 and no connection string")]
    public void A_password_is_never_kept(string connection)
    {
        var secret = ConnectionSecret.LeaveOut(connection);
        secret.WasLeftOut.ShouldBeTrue();
        secret.ConnectionString.ShouldNotContain("hunter2");
    }

    [Fact]
    public void What_is_not_secret_is_kept() =>
        ConnectionSecret.LeaveOut("Host=new;Username=reader;Password=hunter2").ConnectionString.ShouldBe("host=new;username=reader");

    [Theory]
    [InlineData("Server=old;Database=crm;Integrated Security=true")]
    [InlineData("Data Source=C:\\crm.sqlite")]
    public void A_string_without_a_password_is_left_as_it_was_given(string connection) =>
        ConnectionSecret.LeaveOut(connection).ShouldBe(new ConnectionSecret(connection, WasLeftOut: false));
}
