using MigrationGuard.Configuration;
using MigrationGuard.Notifications;
using MigrationGuard.Notifications.Smtp;

namespace MigrationGuard.Tests.Notifications;

public sealed class TrustedAuthoritiesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("migrationguard-authorities-").FullName;
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new();

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_authority_in_the_file_is_trusted_and_another_of_the_same_name_is_not()
    {
        using var certificate = _authority.Certify("localhost");
        await using var server = new HostileMailServer([], certificate);

        await OpenAsync(server, _authority.Pem);
        await Should.ThrowAsync<System.Security.Authentication.AuthenticationException>(() => OpenAsync(server, _other.Pem));
    }

    [Theory]
    [InlineData(null, "cannot be read")]
    [InlineData("", "holds no certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "cannot be read")]
    public void A_file_without_certificates_is_found_at_the_start(string? content, string problem)
    {
        if (content is not null)
            File.WriteAllText(Path.Combine(_folder, "authorities.pem"), content);

        var message = Should.Throw<ConfigurationException>(() => TrustedAuthorities.Load("authorities.pem", _folder)).Message;

        message.ShouldStartWith("Notifications:TrustedAuthorities: " + Path.Combine(_folder, "authorities.pem"));
        message.ShouldContain(problem);
    }

    private async Task OpenAsync(HostileMailServer server, string pem)
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "authorities.pem"), pem);
        var options = new SmtpOptions { Host = "localhost", Port = server.Port };
        await using var conversation = await SmtpConversation.OpenAsync(options, TrustedAuthorities.Load("authorities.pem", _folder), CancellationToken.None);
    }
}
