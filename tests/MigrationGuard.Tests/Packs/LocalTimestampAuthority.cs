using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MigrationGuard.Evidence;
using MigrationGuard.Evidence.Seals;
using MigrationGuard.Tests.Notifications;

namespace MigrationGuard.Tests.Packs;

/// <summary>An RFC 3161 authority on loopback, whose answers openssl makes.</summary>
internal sealed class LocalTimestampAuthority : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("mgtest_");
    private readonly TestIdentity _identity = new("CN=Root of a time-stamping authority");
    private readonly Task _accepting;
    private int _number;

    public LocalTimestampAuthority()
    {
        Address = $"http://127.0.0.1:{HostileMailServer.FreePort()}/";
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = _identity.Certify("CN=Time-stamping authority of a test", key, -1, 365, "1.3.6.1.5.5.7.3.8", X509KeyUsageFlags.DigitalSignature);
        File.WriteAllText(At("tsa.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(At("tsa.key"), key.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(RootFile, _identity.RootPem);
        File.WriteAllText(At("serial"), "01\n");
        File.WriteAllText(At("tsa.cnf"), Configuration("sha256, sha512"));
        File.WriteAllText(At("picky.cnf"), Configuration("sha256"));
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address { get; }

    public string RootFile => At("root.pem");

    public string RootPem => _identity.RootPem;

    public X509Certificate2 Root => _identity.Root;

    /// <summary>Makes the answer of the request in a file, or writes any other.</summary>
    public Func<LocalTimestampAuthority, string, Task<byte[]>> Answer { get; set; } = (authority, query) => authority.ReplyAsync(query, "tsa.cnf");

    public TimestampAuthority Open(string? root = "") =>
        TimestampAuthority.Open(new TimestampAuthorityOptions { Url = Address, Root = root == "" ? RootFile : root, TimeoutSeconds = 20 }, _directory.FullName)!;

    public async Task<byte[]> ReplyAsync(string query, string configuration)
    {
        var answer = query + ".tsr";
        // A refusal is an answer too, and openssl then ends with 1.
        _ = await AuditorShell.RunAsync(_directory.FullName, $"openssl ts -reply -config {configuration} -queryfile {query} -out {answer}");
        return await File.ReadAllBytesAsync(At(answer));
    }

    /// <summary>A valid stamp of the same content, asked for by somebody else.</summary>
    public async Task<byte[]> ReplyToAnotherAsync(string query)
    {
        await AuditorShell.SucceedAsync(_directory.FullName, $"openssl ts -query -sha512 -cert -digest $(openssl ts -query -in {query} -text | sed -n 's/^ *[0-9a-f]* - \\([0-9a-f -]*\\)  .*/\\1/p' | tr -d ' \\n-') -out {query}.other");
        return await ReplyAsync(query + ".other", "tsa.cnf");
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Abort();
        await _accepting;
        _identity.Dispose();
        _directory.Delete(recursive: true);
    }

    private string At(string name) => Path.Combine(_directory.FullName, name);

    private static string Configuration(string digests) => $"""
        [tsa]
        default_tsa = here
        [here]
        serial = serial
        signer_cert = tsa.pem
        certs = root.pem
        signer_key = tsa.key
        signer_digest = sha256
        default_policy = 1.2.3.4.1
        digests = {digests}
        accuracy = secs:1
        ess_cert_id_alg = sha256
        """;

    private async Task AcceptAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            var query = "query" + ++_number;
            await using (var file = File.Create(At(query)))
                await context.Request.InputStream.CopyToAsync(file);
            var answer = await Answer(this, query);
            context.Response.ContentType = "application/timestamp-reply";
            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
    }
}
